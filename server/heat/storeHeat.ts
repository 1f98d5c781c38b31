import { countLevel } from '#domain/heat/countLevel.ts'
import { countsIn } from '#domain/heat/counts.ts'
import { commonBox, type FineBox, fineBox, finePlace, holdsPlace, windowOf } from '#domain/heat/finePlace.ts'
import type { HeatFilter } from '#domain/heat/heatFilter.ts'
import type { LngLat } from '#domain/incident/facts.ts'
import { localDay, localHour, localWeekday } from '#domain/time/localTime.ts'
import type { Viewer } from '../access/viewer.ts'
import type { App, ReferenceData } from '../app.ts'
import { ownBounds } from '../incidents/ownBounds.ts'
import { selectIncidents } from '../incidents/selectIncidents.ts'
import type { Heat, LeftOut } from './heat.ts'
import { placeLat } from './placeLat.ts'

type Found = LeftOut & {
  readonly inside: readonly (LngLat & { readonly at: number })[]
  readonly box: FineBox
  readonly reference: ReferenceData
  readonly now: number
}

/** Heat counted from the store's incidents one by one: right for any past, and the measure of what is quicker. */
export function storeHeat(app: App): Heat {
  return {
    async counts(viewer, filter, bandwidthM) {
      const { inside, box, reference, now, ...leftOut } = await found(app, viewer, filter)
      const window = windowOf(box, countLevel(box, bandwidthM, placeLat(reference, now, box)))
      return { ...leftOut, counts: countsIn(window, inside) }
    },
    async times(viewer, filter) {
      const { inside, head, unlocated, outside, reference } = await found(app, viewer, filter)
      const days = new Map<string, number[]>()
      for (const { at } of inside) {
        const day = localDay(at, reference.timezone)
        const hours = days.get(day) ?? new Array<number>(24).fill(0)
        const hour = localHour(at, reference.timezone)
        hours[hour] = (hours[hour] ?? 0) + 1
        days.set(day, hours)
      }
      const sorted = [...days].sort(([a], [b]) => (a < b ? -1 : 1))
      return { head, unlocated, outside, n: inside.length, days: sorted.map(([day, hours]) => ({ day, hours })) }
    },
  }
}

async function found(app: App, viewer: Viewer, filter: HeatFilter): Promise<Found> {
  const now = app.time.now()
  const reference = await app.reference()
  // A place far outside is somebody's slip: it must not stretch the window that everybody draws.
  const own = ownBounds(viewer, reference, now)
  const limits = own === null ? null : fineBox(own)
  const inner = commonBox(limits, filter.bounds === null ? null : fineBox(filter.bounds))
  const snapshot = await app.store.snapshot()
  try {
    const inside: (LngLat & { at: number })[] = []
    let [unlocated, outside] = [0, 0]
    const asOf = { at: filter.asOf, knownAt: filter.knownAt }
    for await (const { record } of selectIncidents(snapshot, reference, viewer, { filter, asOf, now })) {
      const { place, status, firstAt } = record.incident
      if (status === 'voided' || status === 'merged' || !isTimely(filter, firstAt, reference.timezone)) continue
      if (place === null) {
        unlocated++
        continue
      }
      const { x, y } = finePlace(place)
      if (inner === null || holdsPlace(inner, x, y)) inside.push({ ...place, at: firstAt })
      else if (limits !== null && !holdsPlace(limits, x, y)) outside++
    }
    const box = inner ?? boxAround(inside)
    return { inside, box, unlocated, outside, head: await snapshot.head(), reference, now }
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

export function boxAround(places: readonly LngLat[]): FineBox {
  const box = { west: Infinity, north: Infinity, east: 0, south: 0 }
  for (const { x, y } of places.map(finePlace)) {
    box.west = Math.min(box.west, x)
    box.north = Math.min(box.north, y)
    box.east = Math.max(box.east, x)
    box.south = Math.max(box.south, y)
  }
  return places.length === 0 ? { west: 0, north: 0, east: 0, south: 0 } : box
}
