/**
 * A thousand subscribers, a hundred of whom stop reading: the server lives, its memory stays, the others miss nothing.
 * Then it is killed while it writes, started again, and everybody comes back with a cursor.
 */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../../e2e/serverProcess.ts'
import { openStore } from '../../server/store/openStore.ts'
import { startChild } from '../harness/child.ts'
import { quietStreet, STREET } from '../harness/folder.ts'
import { rssBytes } from '../harness/processUse.ts'
import { report } from '../harness/reporting.ts'
import type { Options, Row } from '../harness/row.ts'
import { startServer } from '../harness/serverChild.ts'
import { median, whole } from '../harness/statistics.ts'
import type { Ask, Crowd, Told } from './crowd.ts'

const SUBSCRIBERS = 1000
const STALLED = 100
const REPORTS_PER_SECOND = 5
const STALL_AGAIN_MS = 40_000
const MINUTE_MS = 60_000
const TITLE = '沿街商铺门前堆放杂物'.repeat(50)
const MIB = 2 ** 20

export const stalled: Row = { name: 'stalled', run }

async function run({ minutes, say }: Options) {
  const folder = await quietStreet()
  const port = await freePort()
  const asked = [{ role: 'dispatcher' as const, areas: [STREET] }]
  let server = await startServer(folder, asked, { port })
  const { url, tokens } = server.ready
  const token = tokens[0] ?? ''
  const crowd = await startChild<object>(join(import.meta.dirname, 'crowd.ts'), {})
  await report(url, token)
  const begun = await headOf(folder.databaseUrl)
  const open = { url, tokens, count: SUBSCRIBERS, stalled: STALLED, cursor: begun }
  await crowd.ask({ kind: 'open', ...open } satisfies Crowd)
  say(`  ${SUBSCRIBERS} subscribers follow, ${STALLED} of them have stopped reading`)

  // A report that was not acknowledged is told again with its own commandId, as a phone does.
  const acknowledged: number[] = []
  const unanswered = new Set<string>()
  const send = async (commandId: string) => {
    unanswered.add(commandId)
    const done = await report(url, token, { commandId, title: TITLE }).catch(() => null)
    if (done === null) return
    acknowledged.push(done.position)
    unanswered.delete(commandId)
  }
  const writing = setInterval(() => void send(randomUUID()), 1000 / REPORTS_PER_SECOND)

  const samples: { readonly atMs: number; readonly bytes: number }[] = []
  const from = performance.now()
  let stalledAt = from
  while (performance.now() - from < minutes * MINUTE_MS) {
    await wait(1000)
    samples.push({ atMs: performance.now() - from, bytes: rssBytes(server.pid) })
    if (performance.now() - stalledAt < STALL_AGAIN_MS) continue
    stalledAt = performance.now()
    await crowd.ask({ kind: 'stallAgain' } satisfies Ask)
  }
  const around = (middleMs: number) =>
    median(samples.filter(({ atMs }) => Math.abs(atMs - middleMs) <= 10_000).map(({ bytes }) => bytes))
  const [early, late] = [around(MINUTE_MS), around(minutes * MINUTE_MS - 10_000)]
  const growth = late / early - 1

  await server.kill()
  clearInterval(writing)
  await wait(500)
  server = await startServer(folder, [], { port })
  await Promise.all([...unanswered].map(send))
  await crowd.ask({ kind: 'resume' } satisfies Ask)
  for (let more = 0; more < 20; more++) await send(randomUUID())

  const positions = await positionsAfter(folder.databaseUrl, begun)
  const told = await heard(() => crowd.ask<Told>({ kind: 'tell' }), positions)
  const sum = positions.reduce((total, position) => total + position, 0)
  const whoMissed = told.filter(member => member.items !== positions.length || member.sum !== sum).length
  const whoDoubled = told.filter(({ doubled }) => doubled > 0).length
  const whoLagged = told.filter(({ lagged }) => lagged > 0).length
  const inLog = new Set(positions)
  const lost = acknowledged.filter(position => !inLog.has(position)).length
  const doubledFacts = acknowledged.length - new Set(acknowledged).size
  for (const child of [crowd, server]) await child.stop()
  folder.remove()
  const facts = `${whole(positions.length)} facts`
  const mib = (bytes: number) => `${whole(bytes / MIB)} MiB`
  return [
    {
      what: `${whole(SUBSCRIBERS)} subscribers, ${STALLED} stopped reading: resident memory from minute 1 to minute ${minutes}`,
      gridwatch: `${mib(early)} → ${mib(late)}, the process lives`,
      peer: '',
      ratio: `${(growth * 100).toFixed(1)} %`,
      reach: '< 5 %',
      holds: growth < 0.05,
    },
    {
      what: 'the same, then kill −9 while it writes, restart, and all resume from their cursors',
      gridwatch: `${facts} to each: ${whoMissed} subscribers missed something, ${whoDoubled} were told twice, ${whoLagged} lagged; ${lost} acknowledged facts lost, ${doubledFacts} doubled`,
      peer: '',
      ratio: '',
      reach: '0, 0, 0; 0, 0',
      holds: whoMissed + whoDoubled + whoLagged + lost + doubledFacts === 0,
    },
  ]
}

/** Asks until everybody has come to the end of the log, or does not come any further. */
async function heard(ask: () => Promise<Told>, positions: readonly number[]): Promise<Told['told']> {
  const end = positions.at(-1) ?? 0
  for (let tries = 0; ; tries++) {
    const { told } = await ask()
    if (tries >= 60 || told.every(({ cursor }) => cursor >= end)) return told
    await wait(1000)
  }
}

async function headOf(databaseUrl: string): Promise<number> {
  const store = await openStore(databaseUrl)
  return store.head().finally(() => store.close())
}

/** Everything in the log is in everybody's sight here. */
async function positionsAfter(databaseUrl: string, after: number): Promise<number[]> {
  const store = await openStore(databaseUrl)
  const snapshot = await store.snapshot()
  const events = await snapshot.events({ after, limit: 1_000_000 })
  await snapshot.close()
  await store.close()
  return events.map(({ position }) => position)
}
