/** Writes the invented city to the mirror's file of a store, and the same rows as CSV for the peer. */
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { finePlace } from '#domain/heat/finePlace.ts'
import { localDayNumber, localHour, localWeekday, startOfLocalDay } from '#domain/time/localTime.ts'
import { type Day, type DayRow, dayOf } from '../../server/heat/mirror/day.ts'
import { dictionaries } from '../../server/heat/mirror/dictionaries.ts'
import { hashAt, type Mirror } from '../../server/heat/mirror/mirror.ts'
import { mirrorFile } from '../../server/heat/mirror/mirrorFile.ts'
import { writeSnapshot } from '../../server/heat/mirror/snapshotFile.ts'
import { openStore } from '../../server/store/openStore.ts'
import { tell } from '../harness/child.ts'
import { CATEGORIES, cityDay, DAYS, gridPath, OUTCOMES, SOURCES, TIERS, TIMEZONE } from './city.ts'

export type City = { readonly rows: number; readonly bytes: number; readonly head: number }

const [databaseUrl = '', csvFile = '', incidents = '0'] = process.argv.slice(2)
const csv = createWriteStream(csvFile)
const kept = dictionaries()
const days = new Map<number, Day>()
let rows = 0
for (let day = 0; day < DAYS; day++) {
  const made: DayRow[] = []
  const lines: string[] = []
  for (const incident of cityDay(day, Number(incidents))) {
    const { x, y } = finePlace(incident)
    const { at, grid, category, source, tier, respond } = incident
    const hour = localHour(at, TIMEZONE)
    const group = {
      category: CATEGORIES[category] ?? '',
      source: SOURCES[source] ?? '',
      tier: TIERS[tier] ?? null,
    }
    made.push({
      at,
      x,
      y,
      path: kept.path.number(gridPath(grid)),
      group: kept.group.number(group),
      outcome: kept.outcome.number({ hour, clocks: { respond: { state: OUTCOMES[respond] ?? 'met' } } }),
    })
    lines.push([at, x, y, grid, category, source, tier, respond, hour, localWeekday(at, TIMEZONE)].join())
  }
  rows += made.length
  const [first] = made
  if (first === undefined) continue
  const number = localDayNumber(first.at, TIMEZONE)
  days.set(number, dayOf(number, startOfLocalDay(first.at, TIMEZONE), made))
  if (!csv.write(`${lines.join('\n')}\n`)) await new Promise(resolve => csv.once('drain', () => resolve(undefined)))
}
csv.end()
await finished(csv)

const store = await openStore(databaseUrl)
const snapshot = await store.snapshot()
const head = await snapshot.head()
const mirror: Mirror = { head, headHash: await hashAt(snapshot, head), timezone: TIMEZONE, days, dictionaries: kept }
await snapshot.close()
await store.close()
await writeSnapshot(mirrorFile(databaseUrl), mirror)
const bytes = [...days.values()].reduce((sum, { buffer }) => sum + buffer.byteLength, 0)
process.once('SIGTERM', () => process.exit(0))
process.once('disconnect', () => process.exit(0))
const city: City = { rows, bytes, head }
tell(city)
