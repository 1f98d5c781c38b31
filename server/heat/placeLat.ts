import { middleLat } from '#domain/heat/countLevel.ts'
import type { FineBox } from '#domain/heat/finePlace.ts'
import type { ReferenceData } from '../app.ts'
import { boundsOf } from '../incidents/ownBounds.ts'

/** The latitude at which the whole place is measured, whoever looks at which part of it; of a place without boundaries the box's. */
export function placeLat(reference: ReferenceData, now: number, box: FineBox): number {
  const roots = reference.areas.roots(now).map(area => area.code)
  const place = roots.length === 0 ? null : boundsOf(roots, reference, now)
  return place === null ? middleLat(box) : (place[1] + place[3]) / 2
}
