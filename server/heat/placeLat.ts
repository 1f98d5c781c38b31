import { middleLat } from '#domain/heat/countLevel.ts'
import type { FineBox } from '#domain/heat/finePlace.ts'
import type { ReferenceData } from '../app.ts'
import { boundsOf } from '../incidents/ownBounds.ts'

/** The latitude at which the whole place is measured, whoever looks at which part of it; of a place without boundaries the box's. */
export const placeLat = (reference: ReferenceData, now: number, box: FineBox): number =>
  knownPlaceLat(reference, now) ?? middleLat(box)

/** Null: the place has no boundaries. */
export function knownPlaceLat(reference: ReferenceData, now: number): number | null {
  const roots = reference.areas.roots(now).map(area => area.code)
  const place = roots.length === 0 ? null : boundsOf(roots, reference, now)
  return place === null ? null : (place[1] + place[3]) / 2
}
