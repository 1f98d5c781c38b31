/** Where the focus maps of three screens look, and who is near. */
import { distanceM } from '#domain/geo/distance.ts'
import type { LngLat } from '#domain/incident/facts.ts'
import type { Bbox } from '../map/mapScene.ts'
import type { WallFix, WallWorker } from '../stores/wallState.ts'

export type FocusView = { readonly lng: number; readonly lat: number; readonly metresPerPx: number }
const METRES_PER_DEGREE = 111_195
const MARGIN = 1.25

/** A view that holds a whole area with some air, in a map of that many pixels. */
export function viewOfBbox([west, south, east, north]: Bbox, widthPx: number, heightPx: number): FocusView {
  const lat = (south + north) / 2
  const widthM = (east - west) * METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)
  const heightM = (north - south) * METRES_PER_DEGREE
  return { lng: (west + east) / 2, lat, metresPerPx: Math.max(widthM / widthPx, heightM / heightPx) * MARGIN }
}

/** What a focus map shows, for the brackets on the main one. */
export function bboxOfView({ lng, lat, metresPerPx }: FocusView, widthPx: number, heightPx: number): Bbox {
  const dy = (metresPerPx * heightPx) / 2 / METRES_PER_DEGREE
  const dx = (metresPerPx * widthPx) / 2 / METRES_PER_DEGREE / Math.cos((lat * Math.PI) / 180)
  return [lng - dx, lat - dy, lng + dx, lat + dy]
}

export type NearWorker = { readonly worker: WallWorker; readonly metres: number }
/** Who is on duty nearest to a place, as the crow flies. */
export function nearestWorkers(
  place: LngLat,
  workers: readonly WallWorker[],
  fixes: ReadonlyMap<string, WallFix>,
  most: number,
): readonly NearWorker[] {
  return workers
    .flatMap(worker => {
      const fix = fixes.get(worker.id)
      return worker.onDuty && fix ? [{ worker, metres: distanceM(place, fix) }] : []
    })
    .toSorted((a, b) => a.metres - b.metres || (a.worker.id < b.worker.id ? -1 : 1))
    .slice(0, most)
}
