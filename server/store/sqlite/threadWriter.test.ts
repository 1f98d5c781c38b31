import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { duty, T0 } from '../contractSamples.ts'
import { openSqlStore } from '../sqlEventStore.ts'
import { CommitFailed, Unavailable } from '../steps.ts'
import { openSqliteEngine } from './sqliteEngine.ts'
import { threadWriter } from './threadWriter.ts'

const task = (worker: string) => ({ kind: 'append', append: duty(worker, 'dutyStarted', T0) }) as const

function makeFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-thread-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'store.db')
}

test('a file that another process holds is unavailable, with the cause, and then it is written', async () => {
  const file = makeFile()
  const store = await openSqlStore(openSqliteEngine(file), { writer: threadWriter(file, 20) })
  const other = new Database(file)
  other.exec('begin immediate')
  const outcomes = await Promise.allSettled(['w1', 'w2'].map(worker => store.append(task(worker).append)))
  const errors = outcomes.map(outcome => outcome.status === 'rejected' && outcome.reason)
  expect(errors).toEqual([expect.any(Unavailable), expect.any(Unavailable)])
  expect(errors[0].cause).toMatchObject({ message: 'database is locked' })
  other.exec('commit')
  other.close()
  expect(await store.append(task('w1').append)).toEqual({ kind: 'appended', position: 1 })
  await store.close()
})

test('one bad append takes no other with it, and says what is wrong', async () => {
  const file = makeFile()
  const store = await openSqlStore(openSqliteEngine(file), { writer: threadWriter(file) })
  // Its event's id is that of the first.
  const sameEvent = {
    ...task('w2').append,
    streams: task('w1').append.streams.map(s => ({ ...s, stream: 'worker:w2' as const })),
  }
  const outcomes = await Promise.allSettled([task('w1').append, sameEvent, task('w3').append].map(store.append))
  expect(outcomes).toMatchObject([
    { value: { kind: 'appended', position: 1 } },
    { reason: { message: expect.stringContaining('event_id') } },
    { value: { kind: 'appended', position: 2 } },
  ])
  await store.close()
})

test('a file that cannot be opened is unavailable until it can be', async () => {
  const file = makeFile()
  mkdirSync(file)
  const writer = threadWriter(file)
  await expect(writer.write([task('w1')])).rejects.toThrow(Unavailable)
  rmSync(file, { recursive: true })
  await openSqliteEngine(file).close()
  expect(await writer.write([task('w1')])).toEqual([{ kind: 'appended', position: 1 }])
  await writer.close()
})

test('of a thread that ends nobody knows what it wrote; the next write begins another', async () => {
  const ending = `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads'
    parentPort.on('message', () => { throw new Error('out of memory') })`)}`
  const writer = threadWriter(makeFile(), 20, new URL(ending))
  for (let time = 0; time < 2; time++) {
    const error = await writer.write([task('w1')]).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(CommitFailed)
    expect(error).toMatchObject({ cause: { message: 'out of memory' } })
  }
  await writer.close()
})
