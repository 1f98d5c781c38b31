/** A hundred thousand open clocks, a thousand deadlines in one minute: how late is a breach recorded, and what does waiting cost? */
import { setTimeout as wait } from 'node:timers/promises'
import type { Policy } from '#domain/sla/policy.ts'
import type { Append, EventStore } from '../../server/store/eventStore.ts'
import { openStore } from '../../server/store/openStore.ts'
import { quietStreet, STREET } from '../harness/folder.ts'
import { cpuSeconds } from '../harness/processUse.ts'
import type { Options, Row } from '../harness/row.ts'
import { startServer } from '../harness/serverChild.ts'
import { ms, percentile, whole } from '../harness/statistics.ts'

const INCIDENTS = 50_000 // with two open clocks each
const DEADLINES = 1000
const MINUTE_MS = 60_000
/** For the store to be filled and the server to be measured at rest. */
const REST_MS = 30_000
const CHUNK = 1000

const POLICY: Policy = {
  id: 'bench',
  version: 1,
  validFrom: 0,
  timezone: 'Asia/Shanghai',
  atRiskFraction: 0.8,
  choice: {},
  clocks: {
    respond: { from: 'reported', to: 'responded', target: 'PT12H' },
    resolve: { from: 'reported', to: 'resolved', target: 'PT24H', pausable: true },
  },
}
const RESPOND_MS = 12 * 60 * MINUTE_MS

export const clocks: Row = { name: 'clocks', run }

async function run({ say }: Options) {
  const filled = performance.now()
  const folder = await quietStreet(async store => {
    await store.reference.putPolicies([POLICY])
    // Their deadlines are hours away.
    await append(store, INCIDENTS - DEADLINES, no => Date.now() - (no % 3_600_000))
  })
  const minuteAt = Date.now() + REST_MS + 10_000
  const store = await openStore(folder.databaseUrl)
  await append(store, DEADLINES, no => minuteAt + (no * MINUTE_MS) / DEADLINES - RESPOND_MS, INCIDENTS)
  const head = await store.head()
  await store.close()
  say(`  ${whole(INCIDENTS * 2)} open clocks stand after ${whole((performance.now() - filled) / 1000)} s`)

  const server = await startServer(folder)
  await wait(5000)
  const [cpuBefore, restedAt] = [cpuSeconds(server.pid), Date.now()]
  await wait(Math.max(5000, minuteAt - restedAt - 2000))
  const restCores = (cpuSeconds(server.pid) - cpuBefore) / ((Date.now() - restedAt) / 1000)
  const cpuAtMinute = cpuSeconds(server.pid)
  await wait(Math.max(0, minuteAt + MINUTE_MS + 3000 - Date.now()))
  const busyCores = (cpuSeconds(server.pid) - cpuAtMinute) / (MINUTE_MS / 1000)
  await server.stop()

  const lateMs = await latenesses(folder.databaseUrl, head)
  folder.remove()
  if (lateMs.length !== DEADLINES) say(`  ${lateMs.length} breaches were recorded, of ${DEADLINES}`)
  const [most, p99] = [percentile(lateMs, 100), percentile(lateMs, 99)]
  const what = `${whole(INCIDENTS * 2)} open clocks, ${whole(DEADLINES)} deadlines in one minute`
  return [
    {
      what: `${what}: from the deadline to the breach's recordedAt`,
      gridwatch: `max ${ms(most)}, p99 ${ms(p99)}, ${lateMs.length} recorded`,
      peer: '',
      ratio: '',
      reach: '≤ 1 s, every one',
      holds: lateMs.length === DEADLINES && most <= 1000,
    },
    {
      what: `${what}: CPU of the server`,
      gridwatch: `${(restCores * 100).toFixed(1)} % of a core at rest (${(busyCores * 100).toFixed(1)} % in the minute of the deadlines)`,
      peer: '',
      ratio: '',
      reach: '≤ 2 % at rest',
      holds: restCores <= 0.02,
    },
  ]
}

async function append(store: EventStore, count: number, at: (no: number) => number, from = 0): Promise<void> {
  for (let begun = 0; begun < count; begun += CHUNK)
    await Promise.all(
      Array.from({ length: Math.min(CHUNK, count - begun) }, (_, i) =>
        store.append(reported(from + begun + i, Math.round(at(begun + i)))),
      ),
    )
}

function reported(no: number, at: number): Append {
  const id = `bench-${no}`
  const data = {
    number: `B-${no}`,
    category: 'streetTrading',
    source: 'hotline',
    tier: null,
    place: null,
    path: [STREET],
    policy: { id: POLICY.id, version: POLICY.version },
  }
  return {
    command: null,
    recordedAt: at,
    streams: [
      {
        stream: `incident:${id}`,
        expected: 'none',
        events: [{ eventId: `${id}/reported`, type: 'reported', schemaVersion: 1, data, actor: null, at }],
      },
    ],
    personal: [],
  }
}

async function latenesses(databaseUrl: string, head: number): Promise<number[]> {
  const store = await openStore(databaseUrl)
  const snapshot = await store.snapshot()
  const events = await snapshot.events({ after: head, limit: DEADLINES * 3 })
  await snapshot.close()
  await store.close()
  return events
    .filter(({ type }) => type === 'clockBreached')
    .map(({ recordedAt, data }) => recordedAt - (data as { deadline: number }).deadline)
}
