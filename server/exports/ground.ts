import { type Bbox, bboxOf } from '#domain/geo/bbox.ts'
import type { AreaGeometry } from '#domain/geo/geojson.ts'
import { latAt, lngAt } from '#domain/geo/mercator.ts'
import { commonBox, FINE_LEVEL, type FineBox, fineBox } from '#domain/heat/finePlace.ts'
import { inScope } from '../access/viewer.ts'
import type { ReferenceData } from '../app.ts'
import { outlinesOf, ownBounds } from '../incidents/ownBounds.ts'
import type { Asker } from '../incidents/scope.ts'
import { ExportRefused } from './exportRefused.ts'
import type { ExportRequest } from './exportRequest.ts'

/** The ground that an export speaks of. */
export type Ground = {
  readonly limits: FineBox | null // around the asker's areas: what lies beyond is somebody's slip
  readonly inner: FineBox | null // what of that was asked for
  readonly outlines: readonly AreaGeometry[] | null // where heat is cut; null where a part has no boundary
  /** What a map shows; `box` is where the places lie, for where nothing has a boundary. */
  boundsAround(box: FineBox): Bbox
}

const METRES_PER_DEGREE = 111_195

/** Null `asker`: the operator at the shell, who sees everything. */
export function groundOf(
  reference: ReferenceData,
  asker: Asker,
  { filter, bandwidthM }: ExportRequest,
  at: number,
): Ground {
  const { areas } = reference
  const scope = asker?.areas ?? areas.roots(at).map(({ code }) => code)
  const path = filter.area === null ? [] : areas.path(filter.area, at)
  const isOwn = asker === null || inScope(asker, path)
  const isAbove = scope.some(code => filter.area !== null && areas.path(code, at).includes(filter.area))
  // Of what lies above the scope only the own part is had; of what lies elsewhere not even that it is there.
  if (filter.area !== null && (path.length === 0 || !(isOwn || isAbove)))
    throw new ExportRefused(`there is no area ${filter.area}`)
  const own = ownBounds({ areas: scope }, reference, at)
  const limits = own === null ? null : fineBox(own)
  const found = outlinesOf(filter.area !== null && isOwn ? [filter.area] : scope, reference, at)
  const outlines = found !== null && found.length > 0 ? found : null
  return {
    limits,
    inner: commonBox(limits, filter.bounds === null ? null : fineBox(filter.bounds)),
    outlines,
    boundsAround: box => filter.bounds ?? (outlines && bboxOf(outlines)) ?? around(box, 4 * bandwidthM),
  }
}

/** Degrees around the box in which a kernel's tail may reach. */
function around({ west, north, east, south }: FineBox, m: number): Bbox {
  const side = 2 ** FINE_LEVEL
  const [top, bottom] = [latAt(north / side), latAt((south + 1) / side)]
  const degreesLat = m / METRES_PER_DEGREE
  const degreesLng = degreesLat / Math.cos((bottom * Math.PI) / 180)
  return [lngAt(west / side) - degreesLng, bottom - degreesLat, lngAt((east + 1) / side) + degreesLng, top + degreesLat]
}
