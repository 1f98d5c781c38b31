/** Heat queries over ten million incidents, over HTTP, beside DuckDB with the same rows in memory. */
import { mkdtempSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { decodeHeat } from '#domain/heat/codec.ts'
import type { Counts } from '#domain/heat/counts.ts'
import { everyIncident, heatParameters } from '#domain/heat/heatFilter.ts'
import { openStore } from '../../server/store/openStore.ts'
import { runChild } from '../harness/child.ts'
import { makeFolder } from '../harness/folder.ts'
import { rssBytes } from '../harness/processUse.ts'
import type { Line, Options, Row } from '../harness/row.ts'
import { type ServerChild, startServer } from '../harness/serverChild.ts'
import { median, ms, percentile, times, whole } from '../harness/statistics.ts'
import { BEGIN_MS, DAY_MS, DAYS, ROOT, TIMEZONE } from './city.ts'
import { leaderOf, openEngine } from './engine.ts'
import { mirrorProof } from './mirrorProof.ts'
import { openPeer } from './peer.ts'
import { type Question, questions, sqlOf } from './questions.ts'
import type { City } from './writeCity.ts'

const INCIDENTS = 10_000_000
const ROUNDS = 5
const MIB = 2 ** 20

export const heat: Row = { name: 'heat', run }

async function run({ say }: Options): Promise<Line[]> {
  const shared = mkdtempSync(join(tmpdir(), 'gridwatch-bench-'))
  const folder = makeFolder()
  await fillReference(folder.databaseUrl)
  const mix = questions(1)
  const bare = await measuredStart(folder, 0)
  // The same answers without incidents take memory too, which is not the mirror's.
  for (let round = 0; round <= ROUNDS; round++) for (const question of mix) await askedOf(bare.server, question)
  const bareRss = rssBytes(bare.server.pid)
  await bare.server.stop()
  const csv = join(shared, 'city.csv')
  const city = await runChild<City>(join(import.meta.dirname, 'writeCity.ts'), {
    args: [folder.databaseUrl, csv, String(INCIDENTS)],
  })
  say(`  ${whole(city.rows)} incidents written to the mirror's file by the generator: ${whole(city.bytes / MIB)} MiB`)
  const full = await measuredStart(folder, city.rows)
  say(`  ready ${ms(full.readyMs)} after the start (without incidents ${ms(bare.readyMs)})`)
  const peer = await openPeer(csv)
  const engine = await openEngine(folder)
  const leader = leaderOf(ROOT)
  const overHttp: number[] = []
  const own: number[][] = mix.map(() => [])
  const theirs: number[][] = mix.map(() => [])
  for (let round = 0; round <= ROUNDS; round++)
    for (const [i, question] of mix.entries()) {
      const sent = await timed(() => askedOf(full.server, question))
      const { counts } = sent.result
      const scanned = await timed(() => engine.heat.counts(leader, question.filter, question.bandwidthM))
      const grouped = await timed(() => peer.ask(sqlOf(question, counts.level)))
      // The first round warms all three up, and proves that they count the same.
      if (round === 0) {
        const rows = await grouped.result.getRows()
        compare(question, counts, rows)
        compare(question, scanned.result.counts, rows)
        continue
      }
      overHttp.push(sent.tookMs)
      own[i]?.push(scanned.tookMs)
      theirs[i]?.push(grouped.tookMs)
    }
  const pairs = mix.map(({ name }, i) => ({ name, own: median(own[i] ?? []), peer: median(theirs[i] ?? []) }))
  const slower = pairs.filter(pair => pair.own > pair.peer)
  for (const pair of pairs.toSorted((a, b) => b.own / b.peer - a.own / a.peer).slice(0, 8))
    say(`  ${pair.name}: ${ms(pair.own)} beside ${ms(pair.peer)} (${times(pair.peer / pair.own)})`)
  const day = await oneDay(full.server)
  const grownMB = (rssBytes(full.server.pid) - bareRss) / 1e6
  await Promise.all([full.server.stop(), engine.close()])
  peer.close()
  rmSync(shared, { recursive: true })
  folder.remove()
  const ratio = median(pairs.map(pair => pair.peer / pair.own))
  const p95 = percentile(overHttp, 95)
  const what = `heat query, ${whole(city.rows)} incidents made by the generator, ${mix.length} questions × ${ROUNDS}`
  return [
    await mirrorProof(say),
    {
      what: `${what}: over HTTP, as a browser asks`,
      gridwatch: `p50 ${ms(median(overHttp))}, p95 ${ms(p95)}`,
      peer: '',
      ratio: '',
      reach: 'p95 ≤ 150 ms',
      holds: p95 <= 150,
    },
    {
      what: 'the same in one process',
      gridwatch: `p50 ${ms(median(own.flat()))}, p95 ${ms(percentile(own.flat(), 95))}`,
      peer: `DuckDB ${peer.version}, 2 threads, the same rows in memory: p50 ${ms(median(theirs.flat()))}, p95 ${ms(percentile(theirs.flat(), 95))}`,
      ratio: `${times(ratio)} at the median; slower in ${slower.length} of ${mix.length}`,
      reach: '≥ 3 ×, never slower',
      holds: ratio >= 3 && slower.length === 0,
    },
    {
      what: `mirror of ${whole(city.rows)} incidents`,
      gridwatch: `columns ${whole(city.bytes / 1e6)} MB; the process after the mix ${whole(grownMB)} MB more than one without incidents after the same mix`,
      peer: '',
      ratio: '',
      reach: '≤ 300 MB',
      holds: grownMB <= 300,
    },
    {
      what: 'from the start of the process to the first answer from the mirror',
      gridwatch: `${ms(full.readyMs)} (without incidents ${ms(bare.readyMs)})`,
      peer: '',
      ratio: '',
      reach: '≤ 3 s',
      holds: full.readyMs <= 3_000,
    },
    {
      what: `one day's counts over ${day.width} × ${day.height} cells, ${whole(day.n)} incidents`,
      gridwatch: `${(day.bytes / 1000).toFixed(1)} kB on the wire (${(day.plainBytes / 1000).toFixed(1)} kB before gzip)`,
      peer: '',
      ratio: '',
      reach: '≤ 15 kB',
      holds: day.bytes <= 15_000,
    },
  ]
}

async function fillReference(databaseUrl: string): Promise<void> {
  const store = await openStore(databaseUrl)
  await store.reference.putSetting('timezone', TIMEZONE)
  await store.reference.putSetting('name', '试城')
  const root = { code: ROOT, validFrom: null, validTo: null, parent: null, level: 'district', name: '试城' }
  await store.reference.putAreas([{ ...root, households: null, geometry: null, properties: {} }])
  await store.close()
}

/** From the fork to the first answer that holds all rows. */
async function measuredStart(folder: ReturnType<typeof makeFolder>, rows: number) {
  const begun = performance.now()
  const server = await startServer(folder, [{ role: 'leader', areas: [ROOT] }])
  const query = heatParameters(everyIncident(BEGIN_MS, BEGIN_MS + DAY_MS))
  for (;;) {
    const { body } = await fetched(`${server.ready.url}/heat/times?${query}`, server.ready.tokens[0] ?? '')
    const { n } = JSON.parse(body.toString())
    if (rows === 0 || n > 0) break
  }
  const readyMs = performance.now() - begun
  return { server, readyMs }
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly tookMs: number }> {
  const begun = performance.now()
  const result = await work()
  return { result, tookMs: performance.now() - begun }
}

async function askedOf({ ready }: ServerChild, { filter, bandwidthM }: Question): Promise<{ counts: Counts }> {
  const query = `${heatParameters(filter)}&bandwidth=${bandwidthM}`
  const { body } = await fetched(`${ready.url}/heat/counts?${query}`, ready.tokens[0] ?? '')
  return decodeHeat(body)
}

/** `rows`: row and column of each cell of the world's lattice, and how many lie in it. */
function compare({ name }: Question, counts: Counts, rows: readonly (readonly unknown[])[]): void {
  const mine = new Map(Array.from(counts.cells, (cell, i) => [cell, counts.counts[i] ?? 0]))
  if (rows.length !== mine.size) throw new Error(`${name}: ${mine.size} cells, DuckDB says ${rows.length}`)
  for (const [row, column, n] of rows) {
    const cell = (Number(row) - counts.y0) * counts.width + Number(column) - counts.x0
    if (mine.get(cell) !== Number(n)) throw new Error(`${name}: cell ${cell} holds ${mine.get(cell)}, DuckDB says ${n}`)
  }
}

/** The busiest answer of one day: the whole city. */
async function oneDay({ ready }: ServerChild) {
  const [city] = questions(2)
  if (city === undefined) throw new Error('no question was made')
  const from = BEGIN_MS + Math.floor(DAYS / 2) * DAY_MS
  const filter = { ...city.filter, from, to: from + DAY_MS }
  const { wire, body } = await fetched(
    `${ready.url}/heat/counts?${heatParameters(filter)}&bandwidth=${city.bandwidthM}`,
    ready.tokens[0] ?? '',
  )
  const { counts } = decodeHeat(body)
  return { width: counts.width, height: counts.height, n: counts.n, bytes: wire, plainBytes: body.length }
}

/** As a browser asks: on one connection, compressed. */
function fetched(url: string, token: string): Promise<{ wire: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' }
    get(url, { headers }, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const wire = Buffer.concat(chunks)
        if (response.statusCode !== 200) reject(new Error(`${response.statusCode}: ${wire}`))
        else
          resolve({
            wire: wire.length,
            body: response.headers['content-encoding'] === 'gzip' ? gunzipSync(wire) : wire,
          })
      })
    }).on('error', reject)
  })
}
