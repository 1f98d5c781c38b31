import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isOpen } from '#domain/incident/fold.ts'
import { incidentsAt } from '#domain/replay/incidentsAt.ts'
import { startOfLocalDay } from '#domain/time/localTime.ts'
import { importIncidents } from '../imports/importIncidents.ts'
import { incidentsMapping } from '../imports/mapping.ts'
import { seededRandom } from '../simulator/random.ts'
import { openStore } from '../store/openStore.ts'
import { handMovedApp } from '../testing/handMovedApp.ts'
import { openInFile } from '../testing/openInFile.ts'
import { viewer } from '../testing/street.ts'
import { readReplayDay } from './readReplayDay.ts'

const FIXTURE = new URL('../../fixtures/sf-fire-calls-2020/', import.meta.url).pathname
const ZONE = 'America/Los_Angeles'
const DAY_MS = 86_400_000
const APRIL_10 = Date.parse('2020-04-10T00:00:00-07:00')
/** GRIDWATCH_FIRE_CALLS=…/sf-fire-calls.csv adds the real file, which is no part of this repository. */
const real = process.env['GRIDWATCH_FIRE_CALLS']

const FILES: readonly {
  readonly name: string
  readonly text: () => string
  readonly from: number
  readonly days: number
}[] = [
  { name: 'the invented rows', text: () => readFileSync(`${FIXTURE}invented.csv`, 'utf8'), from: APRIL_10, days: 2 },
  { name: 'a generated day', text: () => generated('calls'), from: APRIL_10, days: 2 },
  ...(real === undefined
    ? []
    : [{ name: 'the real file', text: () => readFileSync(real, 'utf8'), from: APRIL_10, days: 7 }]),
]

test.each(FILES)(
  'at 20 random instants of $name as many stand open as its rows say',
  async ({ name, text, from, days }) => {
    const rows = text()
    const app = handMovedApp(await openStore(':memory:'), { now: Date.parse('2026-01-01T00:00:00Z') }, 1)
    onTestFinished(() => app.store.close())
    await importIncidents(
      app,
      fileOf(rows),
      incidentsMapping.parse(JSON.parse(readFileSync(`${FIXTURE}map.json`, 'utf8'))),
    )
    const openAt = openInFile(rows)
    const random = seededRandom('imported day', name)
    const counts: string[] = []
    for (let i = 0; i < 20; i++) {
      const at = random.integer(from, from + days * DAY_MS - 1)
      const day = startOfLocalDay(at, ZONE)
      const snapshot = await app.store.snapshot()
      const stretch = { from: day, to: day + DAY_MS, since: day, knowing: 'now' as const, now: app.time.now() }
      const told = await readReplayDay(snapshot, await app.reference(), viewer('wall', ['SF']), stretch)
      await snapshot.close()
      const open = incidentsAt(told, 'now')(at).filter(({ incident }) => isOpen(incident.status)).length
      expect(open, new Date(at).toISOString()).toBe(openAt(at))
      counts.push(`${new Date(at).toISOString()} ${open}`)
    }
    if (real !== undefined) console.log(`${name}\n${counts.join('\n')}`)
  },
)

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-day-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'calls.csv')
  writeFileSync(file, text)
  return file
}

/** 400 calls of two days under the columns of the real file; some go on past midnight, some never end. */
function generated(seed: string): string {
  const random = seededRandom(seed)
  const [header = ''] = readFileSync(`${FIXTURE}invented.csv`, 'utf8').split('\n')
  const columns = header.split(',')
  const lines = Array.from({ length: 400 }, (_, i): string[] => {
    const received = APRIL_10 + random.integer(0, 2 * DAY_MS)
    return Array.from({ length: random.integer(1, 3) }, (_, unit) => {
      const dispatched = received + random.integer(10, 300) * 1000
      const arrived = dispatched + random.integer(60, 1200) * 1000
      const available = arrived + random.integer(60, 10_000) * 1000
      const cells: { readonly [column: string]: string } = {
        'Incident Number': String(91_000_000 + i),
        'Unit ID': `U${unit}`,
        'Call Type': random.pick(['Alarms', 'Medical Incident']),
        'Received DtTm': written(received),
        'Dispatch DtTm': written(dispatched),
        'On Scene DtTm': random.chance(0.8) ? written(arrived) : '',
        'Available DtTm': random.chance(0.97) ? written(available) : '',
        'Unit Type': 'ENGINE',
        'Neighborhooods - Analysis Boundaries': random.pick(['Mission', 'Sunset']),
        Location: `"(${37.7 + random.next() / 20}, ${-122.4 - random.next() / 20})"`,
      }
      return columns.map(column => cells[column.trim()] ?? '').join(',')
    })
  })
  return `${[header, ...lines.flat()].join('\n')}\n`
}

function written(at: number): string {
  const local = new Date(Math.floor(at / 1000) * 1000 - 7 * 3_600_000)
  const two = (n: number) => String(n).padStart(2, '0')
  const hour = local.getUTCHours()
  const date = `${two(local.getUTCMonth() + 1)}/${two(local.getUTCDate())}/${local.getUTCFullYear()}`
  const time = `${two(hour % 12 === 0 ? 12 : hour % 12)}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`
  return `${date} ${time} ${hour < 12 ? 'AM' : 'PM'}`
}
