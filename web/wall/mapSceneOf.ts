/** The map's scene from the wall's state: a pure builder, array by array, so that what is unchanged keeps its identity. */
import type { Bbox, MapArea, MapIncident, MapWorker } from '../map/mapScene.ts'
import type { LiveIncident } from '../sla/liveIncident.ts'
import type { Trail } from '../stores/trails.ts'
import type { WallArea, WallFix, WallIncident, WallWorker } from '../stores/wallState.ts'

/** One attention pulse of 2 × 2 s on a change of state, then still. */
const PULSE_MS = 4500
/** Ten thousand people move four times a second: what none of them has is made once. */
const NONE: never[] = []

export function mapAreas(areas: readonly WallArea[]): MapArea[] {
  return areas.map(({ code, name, level, parent, geometry, bbox }) => ({
    code,
    name,
    level,
    parent,
    geometry,
    bbox: bboxOf(bbox),
  }))
}

export function bboxOf(numbers: readonly number[] | null): Bbox | null {
  const [west, south, east, north] = numbers ?? []
  return west === undefined || south === undefined || east === undefined || north === undefined
    ? null
    : [west, south, east, north]
}

/** Every open incident that has a place, and what awaits verification as its own quiet mark. */
export function mapIncidents(
  open: readonly LiveIncident[],
  awaiting: readonly WallIncident[],
  symbols: ReadonlyMap<string, string>,
  now: number,
): MapIncident[] {
  const quiet = { clock: null, remainingMs: null, fraction: null, bell: false, pulseSince: null, unknown: false }
  return [
    ...awaiting.flatMap(incident =>
      incident.place
        ? [
            {
              id: incident.id,
              ...incident.place,
              symbol: symbols.get(incident.category) ?? '',
              state: 'awaiting' as const,
              ...quiet,
            },
          ]
        : [],
    ),
    ...open.flatMap(({ incident, clock, state, isUnacknowledged, raisedAt }): MapIncident[] =>
      incident.place
        ? [
            {
              id: incident.id,
              ...incident.place,
              symbol: symbols.get(incident.category) ?? '',
              state: state === 'unknown' ? 'normal' : state,
              clock: clock?.name ?? null,
              remainingMs: clock?.remainingMs ?? null,
              fraction: clock && clock.limitMs > 0 ? Math.max(0, Math.min(1, clock.remainingMs / clock.limitMs)) : null,
              bell: isUnacknowledged,
              pulseSince: raisedAt !== null && now - raisedAt < PULSE_MS ? raisedAt : null,
              unknown: state === 'unknown',
            },
          ]
        : [],
    ),
  ]
}

/** Everybody on duty whose place is known. `isStale`: their positions are old. */
export function mapWorkers(
  workers: readonly WallWorker[],
  fixes: ReadonlyMap<string, WallFix>,
  trails: ReadonlyMap<string, Trail>,
  incidents: ReadonlyMap<string, WallIncident>,
  isStale: boolean,
): MapWorker[] {
  const shown: MapWorker[] = []
  for (const { id, role, onDuty, incident } of workers) {
    const fix = fixes.get(id)
    if (!onDuty || !fix) continue
    const trail = trails.get(id)
    const task = incident === null ? undefined : incidents.get(incident)
    // Arrived, there is no way left to draw.
    const isUnderWay = task?.place && task.status !== 'ARRIVED' && task.status !== 'PAUSED'
    shown.push({
      id,
      lng: fix.lng,
      lat: fix.lat,
      at: fix.at,
      role,
      courseDeg: fix.courseDeg,
      assigned: incident !== null,
      trail: trail?.path ?? NONE,
      older: trail?.older ?? NONE,
      gaps: trail?.gaps ?? NONE,
      target: isUnderWay && task.place ? [task.place.lng, task.place.lat] : null,
      stale: isStale || fix.isSilent === true,
    })
  }
  return shown
}
