/** Durable single reports over GraphQL: group commit, one commit per request, and the same mutation storing nothing. */
import { join } from 'node:path'
import { startChild } from '../harness/child.ts'
import { quietStreet, STREET } from '../harness/folder.ts'
import { cpuSeconds } from '../harness/processUse.ts'
import type { Options, Row } from '../harness/row.ts'
import type { Writing } from '../harness/server.ts'
import { startServer } from '../harness/serverChild.ts'
import { median, medianRatio, percent, percentile, times, whole } from '../harness/statistics.ts'
import type { LoadRequest, LoadResult } from './load.ts'

const ROUNDS = 16
const ROUND_MS = 1500
const MOST_PER_ROUND = 20_000
const WAYS: readonly Writing[] = ['grouped', 'single', 'nothing']

type Round = { readonly perSecond: number; readonly cpuMs: number; readonly p99Ms: number }

export const reports: Row = { name: 'reports', run }

async function run({ say }: Options) {
  const folders = await Promise.all(WAYS.map(() => quietStreet()))
  const asked = [{ role: 'dispatcher' as const, areas: [STREET] }]
  const servers = await Promise.all(
    WAYS.map((writing, i) => startServer(folders[i] as (typeof folders)[number], asked, { writing })),
  )
  const load = await startChild<object>(join(import.meta.dirname, 'load.ts'), {})
  const rounds: { readonly [way in Writing]: Round[] } = { grouped: [], single: [], nothing: [] }
  // The first round warms up; then the order turns, so that none always runs behind the same other.
  for (let round = 0; round <= ROUNDS; round++)
    for (let turn = 0; turn < WAYS.length; turn++) {
      const index = (round + turn) % WAYS.length
      const [server, way] = [servers[index], WAYS[index]]
      if (server === undefined || way === undefined) continue
      const { url, tokens } = server.ready
      const request: LoadRequest = { url, token: tokens[0] ?? '', forMs: ROUND_MS, most: MOST_PER_ROUND }
      const cpu = cpuSeconds(server.pid)
      const { done, tookMs, latenciesMs } = await load.ask<LoadResult>(request)
      const cpuMs = ((cpuSeconds(server.pid) - cpu) * 1000) / done
      const perSecond = (done / tookMs) * 1000
      if (round > 0) rounds[way].push({ perSecond, cpuMs, p99Ms: percentile(latenciesMs, 99) })
      say(`  ${way}: ${whole(perSecond)}/s, ${cpuMs.toFixed(2)} ms of CPU each`)
    }
  for (const child of [load, ...servers]) await child.stop()
  for (const folder of folders) folder.remove()
  const speeds = (way: Writing) => rounds[way].map(({ perSecond }) => perSecond)
  const shown = (way: Writing) => {
    const cpuMs = median(rounds[way].map(round => round.cpuMs))
    const p99Ms = median(rounds[way].map(round => round.p99Ms))
    return `${whole(median(speeds(way)))}/s, p99 ${whole(p99Ms)} ms, ${cpuMs.toFixed(2)} ms CPU each`
  }
  const overSingle = medianRatio(speeds('grouped'), speeds('single'))
  const ofNothing = medianRatio(speeds('grouped'), speeds('nothing'))
  const what = 'durable single reports, 64 clients over GraphQL'
  return [
    {
      what,
      gridwatch: shown('grouped'),
      peer: `one commit per request: ${shown('single')}`,
      ratio: times(overSingle),
      reach: '≥ 2.5 ×',
      holds: overSingle >= 2.5,
    },
    {
      what,
      gridwatch: shown('grouped'),
      peer: `storing nothing: ${shown('nothing')}`,
      ratio: percent(ofNothing),
      reach: '≥ 80 %',
      holds: ofNothing >= 0.8,
    },
  ]
}
