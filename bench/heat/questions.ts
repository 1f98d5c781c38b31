/** A seeded mix of what an analyst asks: viewports, windows and filters, each as the server's filter and as SQL. */
import type { Bbox } from '#domain/geo/bbox.ts'
import { FINE_LEVEL, type FineBox, fineBox } from '#domain/heat/finePlace.ts'
import { everyIncident, type HeatFilter } from '#domain/heat/heatFilter.ts'
import { seededRandom } from '../../server/simulator/random.ts'
import { BEGIN_MS, CATEGORIES, CENTRE, DAY_MS, DAYS, DISTRICTS, moved, OUTCOMES, ROOT, SOURCES, TIERS } from './city.ts'

export type Question = {
  readonly name: string
  readonly filter: HeatFilter
  readonly bandwidthM: number
  readonly where: string
}

/** Half a side in metres, and a bandwidth that suits it: about 512 cells a side at 64 a bandwidth. */
const VIEWPORTS = [
  { name: 'city', halfM: 20_000, bandwidthM: 5_000 },
  { name: 'district', halfM: 5_000, bandwidthM: 1_250 },
  { name: 'street', halfM: 1_500, bandwidthM: 375 },
] as const
const WINDOWS = [
  { name: 'a day', days: 1 },
  { name: 'a week', days: 7 },
  { name: 'a month', days: 30 },
  { name: 'a year', days: 365 },
  { name: 'all', days: DAYS },
] as const

type Part = { readonly name: string; readonly filter: Partial<HeatFilter>; readonly where: string }

const PARTS: readonly ((chance: () => number) => Part)[] = [
  () => ({ name: 'no filter', filter: {}, where: '' }),
  chance => {
    const category = Math.floor(chance() * CATEGORIES.length)
    return {
      name: 'category',
      filter: { category: [CATEGORIES[category] ?? ''] },
      where: ` and category = ${category}`,
    }
  },
  chance => {
    const source = Math.floor(chance() * SOURCES.length)
    const filter = { source: [SOURCES[source] ?? ''], tier: TIERS.slice(0, 2) }
    return { name: 'source and tier', filter, where: ` and source = ${source} and tier < 2` }
  },
  () => ({
    name: 'clock',
    filter: { clock: 'respond', clockState: ['breached'] },
    where: ` and respond = ${OUTCOMES.indexOf('breached')}`,
  }),
  chance => {
    const district = Math.floor(chance() * DISTRICTS)
    const where = ` and grid >= ${district * 100} and grid < ${district * 100 + 100}`
    return { name: 'area', filter: { area: `${ROOT}${district}` }, where }
  },
  () => ({ name: 'evenings', filter: { hour: [18, 19, 20, 21] }, where: ' and hour >= 18 and hour <= 21' }),
  () => ({ name: 'weekend', filter: { weekday: [6, 7] }, where: ' and weekday >= 6' }),
]

export function questions(seed: number): Question[] {
  const chance = seededRandom(seed).next
  return VIEWPORTS.flatMap(viewport =>
    WINDOWS.flatMap(window =>
      PARTS.map(part => {
        const { name, filter, where } = part(chance)
        const from = BEGIN_MS + Math.floor(chance() * (DAYS - window.days + 1)) * DAY_MS
        const to = from + window.days * DAY_MS
        const away = () => (chance() - 0.5) * (20_000 - viewport.halfM)
        const bounds = boundsAround(moved(CENTRE, away(), away()), viewport.halfM)
        return {
          name: `${viewport.name}, ${window.name}, ${name}`,
          filter: { ...everyIncident(from, to), bounds, ...filter },
          bandwidthM: viewport.bandwidthM,
          where: `began >= ${from} and began < ${to} and ${within(fineBox(bounds))}${where}`,
        }
      }),
    ),
  )
}

/** One row per cell that is not empty, as the server counts them. */
export function sqlOf({ where }: Question, level: number): string {
  const shift = FINE_LEVEL - level
  return `select y >> ${shift} as row_, x >> ${shift} as column_, count(*) as n from incidents where ${where} group by 1, 2`
}

function boundsAround(centre: { lng: number; lat: number }, halfM: number): Bbox {
  const [southWest, northEast] = [moved(centre, -halfM, -halfM), moved(centre, halfM, halfM)]
  return [southWest.lng, southWest.lat, northEast.lng, northEast.lat].map(value =>
    Number(value.toFixed(6)),
  ) as unknown as Bbox
}

function within({ west, north, east, south }: FineBox): string {
  return `x >= ${west} and x <= ${east} and y >= ${north} and y <= ${south}`
}
