import { type Bbox, bboxOf } from '#domain/geo/bbox.ts'
import { countsGrid } from '#domain/heat/counts.ts'
import type { HeatFilter } from '#domain/heat/heatFilter.ts'
import type { LngLat } from '#domain/incident/facts.ts'
import { localDay, localHour, localWeekday } from '#domain/time/localTime.ts'
import type { Viewer } from '../access/viewer.ts'
import type { App } from '../app.ts'
import { ownBounds } from '../incidents/ownBounds.ts'
import { selectIncidents } from '../incidents/selectIncidents.ts'
import { countLevel } from './countLevel.ts'
import type { Heat, LeftOut } from './heat.ts'

type Found = LeftOut & { readonly inside: readonly (LngLat & { readonly at: number })[] }

/** Heat counted from the store's incidents one by one: right for any past, and the measure of what is quicker. */
export function storeHeat(app: App): Heat {
  return {
    async counts(viewer, filter, bandwidthM) {
      const { inside, ...leftOut } = await found(app, viewer, filter)
      const bounds = filter.bounds ?? boundsAround(inside)
      return { ...leftOut, counts: countsGrid(inside, bounds, countLevel(bounds, bandwidthM)) }
    },
    async times(viewer, filter) {
      const { inside, ...leftOut } = await found(app, viewer, filter)
      const { timezone } = await app.reference()
      const days = new Map<string, number[]>()
      for (const { at } of inside) {
        const day = localDay(at, timezone)
        const hours = days.get(day) ?? new Array<number>(24).fill(0)
        const hour = localHour(at, timezone)
        hours[hour] = (hours[hour] ?? 0) + 1
        days.set(day, hours)
      }
      const sorted = [...days].sort(([a], [b]) => (a < b ? -1 : 1))
      return { ...leftOut, n: inside.length, days: sorted.map(([day, hours]) => ({ day, hours })) }
    },
  }
}

async function found(app: App, viewer: Viewer, filter: HeatFilter): Promise<Found> {
  const now = app.time.now()
  const reference = await app.reference()
  // A place far outside is somebody's slip: it must not stretch the window that everybody draws.
  const limits = ownBounds(viewer, reference, now)
  const snapshot = await app.store.snapshot()
  try {
    const inside: (LngLat & { at: number })[] = []
    let [unlocated, outside] = [0, 0]
    const asOf = { at: filter.asOf, knownAt: null }
    for await (const { record } of selectIncidents(snapshot, reference, viewer, { filter, asOf, now })) {
      const { place, status, firstAt } = record.incident
      if (status === 'voided' || status === 'merged' || !isTimely(filter, firstAt, reference.timezone)) continue
      if (place === null) unlocated++
      else if (limits !== null && !isWithin(limits, place)) outside++
      else if (filter.bounds === null || isWithin(filter.bounds, place)) inside.push({ ...place, at: firstAt })
    }
    return { inside, unlocated, outside, head: await snapshot.head() }
  } finally {
    await snapshot.close()
  }
}

export function isTimely({ hour, weekday }: HeatFilter, at: number, zone: string): boolean {
  return (
    (hour === null || hour.includes(localHour(at, zone))) &&
    (weekday === null || weekday.includes(localWeekday(at, zone)))
  )
}

export function boundsAround(places: readonly LngLat[]): Bbox {
  return bboxOf(places.map(({ lng, lat }) => ({ type: 'Polygon', coordinates: [[[lng, lat]]] }))) ?? [0, 0, 0, 0]
}

export function isWithin([west, south, east, north]: Bbox, { lng, lat }: LngLat): boolean {
  return lng >= west && lng <= east && lat >= south && lat <= north
}
