/** Scans in threads of their own: each holds every n-th day, so that any window falls on all of them. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Day, DayHead } from './day.ts'
import { answerTo, joined, type ScanAnswer, type ScanTask, touched } from './scanTask.ts'

export type SharedDay = DayHead & { readonly buffer: SharedArrayBuffer; readonly byteOffset: number }
export type ToScanThread =
  | { readonly hold: readonly SharedDay[]; readonly forget: readonly number[] }
  | { readonly task: ScanTask }
export type FromScanThread = { readonly answer: ScanAnswer } | { readonly error: Error }

const MOST_THREADS = 4

/** So many rows are scanned sooner than a thread is asked, and hold nobody up. */
const ROWS_IN_PLACE = 300_000

export type ScanThreads = {
  /** Answers from exactly these days, whatever is asked in between. `newTask` is called for each part of the answer. */
  run(days: ReadonlyMap<number, Day>, newTask: () => ScanTask): Promise<ScanAnswer>
  close(): Promise<void>
}

type Thread = {
  readonly worker: Worker
  readonly holds: Map<number, Day>
  readonly waiting: { resolve(answer: ScanAnswer): void; reject(error: Error): void }[]
}

/** The threads begin with the first question, and keep no process from ending while none is asked. */
export function scanThreads(
  count = Math.min(MOST_THREADS, availableParallelism()),
  rowsInPlace = ROWS_IN_PLACE,
): ScanThreads {
  const threads: (Thread | null)[] = new Array<null>(count).fill(null)

  function begin(number: number): Thread {
    const worker = new Worker(new URL('./scanThread.ts', import.meta.url), {
      execArgv: [],
      // It holds columns, which are no part of its heap, and one answer at a time.
      resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 512 },
    })
    const thread: Thread = { worker, holds: new Map(), waiting: [] }
    worker.unref()
    worker.on('message', (message: FromScanThread) => {
      const asked = thread.waiting.shift()
      if (thread.waiting.length === 0) worker.unref()
      if ('answer' in message) asked?.resolve(message.answer)
      else asked?.reject(message.error)
    })
    let cause: Error | undefined
    worker.on('error', error => {
      cause = error
    })
    worker.on('exit', () => {
      threads[number] = null
      for (const asked of thread.waiting.splice(0)) asked.reject(new Error('a scanning thread ended', { cause }))
    })
    threads[number] = thread
    return thread
  }

  /** Sends what the thread does not hold yet; days are never changed in place, so the same object is the same day. */
  function share({ worker, holds }: Thread, number: number, days: ReadonlyMap<number, Day>): void {
    const isMine = (day: number) => ((day % count) + count) % count === number
    const come = [...days.values()].filter(day => isMine(day.day) && holds.get(day.day) !== day)
    const forget = [...holds.keys()].filter(day => !days.has(day))
    if (come.length === 0 && forget.length === 0) return
    for (const day of forget) holds.delete(day)
    for (const day of come) holds.set(day.day, day)
    const hold = come.map(({ day, startMs, lastMs, rows, located, box, buffer, byteOffset }) => {
      return { day, startMs, lastMs, rows, located, box, buffer, byteOffset }
    })
    send(worker, { hold, forget })
  }

  return {
    async run(days, newTask) {
      const first = newTask()
      const here = touched(first.scan, days)
      if (here.reduce((rows, day) => rows + day.rows, 0) <= rowsInPlace) return answerTo(first, here)
      const answers = Array.from({ length: count }, (_, number) => {
        const thread = threads[number] ?? begin(number)
        share(thread, number, days)
        thread.worker.ref()
        send(thread.worker, { task: number === 0 ? first : newTask() })
        return new Promise<ScanAnswer>((resolve, reject) => thread.waiting.push({ resolve, reject }))
      })
      return joined(await Promise.all(answers))
    },
    async close() {
      await Promise.all(threads.map(thread => thread?.worker.terminate()))
    },
  }
}

function send(worker: Worker, message: ToScanThread): void {
  worker.postMessage(message)
}
