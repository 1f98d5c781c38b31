/** A thread that scans: it holds days and answers questions about them, one after the other. */
import { parentPort } from 'node:worker_threads'
import { type Day, dayIn } from './day.ts'
import { answerTo, type ScanTask, touched } from './scanTask.ts'
import type { FromScanThread, ToScanThread } from './scanThreads.ts'

const days = new Map<number, Day>()

parentPort?.on('message', (message: ToScanThread) => {
  if ('task' in message) parentPort?.postMessage(answered(message.task))
  else {
    for (const day of message.forget) days.delete(day)
    for (const { buffer, byteOffset, ...head } of message.hold) days.set(head.day, dayIn(head, buffer, byteOffset))
  }
})

function answered(task: ScanTask): FromScanThread {
  try {
    return { answer: answerTo(task, touched(task.scan, days)) }
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }
}
