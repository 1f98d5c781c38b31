import { type Bbox, bboxOf } from '#domain/geo/bbox.ts'
import type { AreaGeometry } from '#domain/geo/geojson.ts'
import type { Viewer } from '../access/viewer.ts'
import type { ReferenceData } from '../app.ts'

/**
 * The box around everything that the viewer's areas cover. Null where a part of them has no boundary: what lies there may
 * lie anywhere.
 */
export function ownBounds(viewer: Pick<Viewer, 'areas'>, reference: ReferenceData, at: number): Bbox | null {
  return boundsOf(viewer.areas, reference, at)
}

/** The box around areas, likewise. */
export function boundsOf(codes: readonly string[], reference: ReferenceData, at: number): Bbox | null {
  const known = outlinesOf(codes, reference, at)
  return known === null ? null : bboxOf(known)
}

/** What areas cover: their own outlines, or those of all that they are made of. Null where a part has none. */
export function outlinesOf(codes: readonly string[], { areas }: ReferenceData, at: number): AreaGeometry[] | null {
  const known = codes.filter(code => areas.area(code, at) !== null).map(outlines)
  return known.every(found => found !== null) ? known.flat() : null

  function outlines(code: string): AreaGeometry[] | null {
    const geometry = areas.area(code, at)?.geometry
    if (geometry) return [geometry]
    const parts = areas.children(code, at).map(child => outlines(child.code))
    return parts.length > 0 && parts.every(found => found !== null) ? parts.flat() : null
  }
}
