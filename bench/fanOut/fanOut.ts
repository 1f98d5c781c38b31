/** A change from its acknowledgement to a thousand subscribers of ten scopes, beside graphql-ws sending a constant. */
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Child, startChild } from '../harness/child.ts'
import { quietStreet, STREET } from '../harness/folder.ts'
import { machineMs, report } from '../harness/reporting.ts'
import type { Options, Row } from '../harness/row.ts'
import { startServer } from '../harness/serverChild.ts'
import { medianRatio, ms, percentile, times } from '../harness/statistics.ts'
import { CHANGES } from '../harness/subscriber.ts'
import type { Open, Take, Taken } from './listeners.ts'

const SUBSCRIBERS = 1000
const CHANGES_EACH = 60
const GROUP = 10
/** Everything settles between two changes. */
const PAUSE_MS = 150

/** Ten sets of areas that all hold the place of the report. */
const COMMUNITY = `${STREET}008001`
const OTHERS = ['002', '003', '004', '005', '006', '007', '008'].map(code => `${STREET}008${code}`)
const SCOPES = [[STREET], [`${STREET}008`], [COMMUNITY], ...OTHERS.map(other => [COMMUNITY, other])]

type Peer = { readonly url: string; readonly query: string }

export const fanOut: Row = { name: 'fanOut', run }

async function run({ say }: Options) {
  const folder = await quietStreet()
  const asked = SCOPES.map(areas => ({ role: 'dispatcher' as const, areas }))
  const server = await startServer(folder, asked)
  const { url, tokens } = server.ready
  const own = await startListeners({ url, tokens, query: CHANGES, mark: 'IncidentChanged' })
  const change = async () => (await report(url, tokens[0] ?? '')).acknowledgedMs
  const { bytes } = (await oneChange(own, change)).taken

  const constant = await startChild<Peer>(join(import.meta.dirname, 'constantServer.ts'), {
    args: [String(bytes - 70)],
  })
  const peer = await startListeners({ ...constant.ready, tokens: [''], mark: 'xxxx' })
  const post = async () => {
    const response = await fetch(constant.ready.url, { method: 'POST', body: '{}' })
    const acknowledgedMs = machineMs()
    await response.text()
    return acknowledgedMs
  }
  const [ownP99, peerP99, ownAll, peerAll] = [[], [], [], []] as [number[], number[], number[], number[]]
  for (let done = 0; done < CHANGES_EACH; done += GROUP) {
    const [ours, theirs] = [[], []] as [number[], number[]]
    for (let i = 0; i < GROUP; i++) {
      ours.push(...(await oneChange(own, change)).latenciesMs)
      theirs.push(...(await oneChange(peer, post)).latenciesMs)
    }
    if (done === 0) continue // warming up
    ownP99.push(percentile(ours, 99))
    peerP99.push(percentile(theirs, 99))
    ownAll.push(...ours)
    peerAll.push(...theirs)
    say(`  p99 ${ms(percentile(ours, 99))}, the constant ${ms(percentile(theirs, 99))}`)
  }
  for (const child of [own, peer, constant, server]) await child.stop()
  folder.remove()
  const ratio = medianRatio(ownP99, peerP99)
  const shown = (all: readonly number[]) => `p50 ${ms(percentile(all, 50))}, p99 ${ms(percentile(all, 99))}`
  return [
    {
      what: `a change from acknowledged to ${SUBSCRIBERS} subscribers of ${SCOPES.length} scopes (${bytes} bytes each)`,
      gridwatch: shown(ownAll),
      peer: `graphql-ws, a constant of as many bytes: ${shown(peerAll)}`,
      ratio: times(ratio),
      reach: '≤ 1.5 ×',
      holds: ratio <= 1.5,
    },
  ]
}

async function startListeners(open: Omit<Open, 'kind' | 'count'>): Promise<Child<object>> {
  const child = await startChild<object>(join(import.meta.dirname, 'listeners.ts'), {})
  await child.ask({ kind: 'open', count: SUBSCRIBERS, ...open } satisfies Open)
  return child
}

/** What comes before its acknowledgement is there at once. */
async function oneChange(listeners: Child<object>, change: () => Promise<number>) {
  await wait(PAUSE_MS)
  const acknowledgedMs = await change()
  const taken = await listeners.ask<Taken>({ kind: 'take', count: SUBSCRIBERS } satisfies Take)
  return { taken, latenciesMs: taken.cameMs.map(cameMs => Math.max(0, cameMs - acknowledgedMs)) }
}
