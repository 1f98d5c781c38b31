/** The heat of a replayed instant, counted from the same facts as the rest of the screen. */
import type { Bbox } from '#domain/geo/bbox.ts'
import { encodeHeat } from '#domain/heat/codec.ts'
import { countLevel, middleLat } from '#domain/heat/countLevel.ts'
import { countsIn } from '#domain/heat/counts.ts'
import { fineBox, windowOf } from '#domain/heat/finePlace.ts'
import type { LngLat } from '#domain/incident/facts.ts'
import type { ReplayedIncident } from '#domain/replay/incidentsAt.ts'
import type { ReplayDay } from '#domain/replay/replayDay.ts'

export type HeatAsked = {
  readonly at: number
  readonly windowMs: number
  readonly bandwidthM: number
  /** Whether it may stay that of the instant asked for before. */
  readonly isHasty: boolean
}
export type HeatThen = { readonly heatCounts: Uint8Array; readonly heatAt: number }

/** The same bytes as long as the same places are counted: a map draws only what changed. */
export function replayHeat(day: ReplayDay): (incidents: readonly ReplayedIncident[], asked: HeatAsked) => HeatThen {
  let key = ''
  let held: HeatThen | null = null
  return (incidents, { at, windowMs, bandwidthM, isHasty }) => {
    if (isHasty && held !== null) return held
    const places = counted(day, incidents, at - windowMs, at)
    const before = key
    key = places.map(({ lng, lat }) => `${lng} ${lat}`).join()
    if (held !== null && before === key) held = { ...held, heatAt: at }
    else held = { heatCounts: encoded(day, places, { at, windowMs, bandwidthM }), heatAt: at }
    return held
  }
}

function encoded(day: ReplayDay, places: readonly LngLat[], { at, windowMs, bandwidthM }: Omit<HeatAsked, 'isHasty'>) {
  const box = fineBox(day.bounds ?? boundsOf(places))
  const counts = countsIn(windowOf(box, countLevel(box, bandwidthM, day.placeLat ?? middleLat(box))), places)
  return encodeHeat({ counts, fromMs: at - windowMs, toMs: at, head: day.head })
}

/** What the heat door counts: begun in [from, to), neither voided nor merged, with a place that lies where the viewer's areas are. */
function counted({ bounds }: ReplayDay, incidents: readonly ReplayedIncident[], from: number, to: number): LngLat[] {
  return incidents.flatMap(({ incident: { place, status, firstAt } }) =>
    place === null || status === 'voided' || status === 'merged' || firstAt < from || firstAt >= to
      ? []
      : bounds === null || isWithin(bounds, place)
        ? [place]
        : [],
  )
}

const isWithin = ([west, south, east, north]: Bbox, { lng, lat }: LngLat) =>
  lng >= west && lng <= east && lat >= south && lat <= north

function boundsOf(places: readonly LngLat[]): Bbox {
  const [first] = places
  if (first === undefined) return [0, 0, 0, 0]
  return places.reduce<Bbox>(
    ([west, south, east, north], { lng, lat }) => [
      Math.min(west, lng),
      Math.min(south, lat),
      Math.max(east, lng),
      Math.max(north, lat),
    ],
    [first.lng, first.lat, first.lng, first.lat],
  )
}
