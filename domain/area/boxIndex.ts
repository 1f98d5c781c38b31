import { type Bbox, bboxOf } from '../geo/bbox.ts'
import type { AreaGeometry } from '../geo/geojson.ts'

export type Boxed<T> = { readonly of: T; readonly geometry: AreaGeometry }

/** Finds those whose bounding box holds a point: a grid of about as many cells as there are boxes, built in one pass. */
export function boxIndex<T>(entries: readonly Boxed<T>[]): (lng: number, lat: number) => Boxed<T>[] {
  const [west, south, east, north] = bboxOf(entries.map(entry => entry.geometry)) ?? [0, 0, 0, 0]
  const side = Math.min(256, Math.max(1, Math.ceil(Math.sqrt(entries.length))))
  const cell = (value: number, from: number, to: number) =>
    to > from ? Math.min(side - 1, Math.max(0, Math.floor(((value - from) / (to - from)) * side))) : 0
  const cells: { readonly entry: Boxed<T>; readonly box: Bbox }[][] = Array.from({ length: side * side }, () => [])
  for (const entry of entries) {
    const box = bboxOf([entry.geometry])
    if (!box) continue
    for (let y = cell(box[1], south, north); y <= cell(box[3], south, north); y++)
      for (let x = cell(box[0], west, east); x <= cell(box[2], west, east); x++)
        cells[y * side + x]?.push({ entry, box })
  }
  return (lng, lat) =>
    (cells[cell(lat, south, north) * side + cell(lng, west, east)] ?? [])
      .filter(({ box }) => box[0] <= lng && lng <= box[2] && box[1] <= lat && lat <= box[3])
      .map(({ entry }) => entry)
}
