import type { SKRSContext2D } from '@napi-rs/canvas'
import { type AreaGeometry, polygonsOf } from '#domain/geo/geojson.ts'
import { interiorPoint } from '#domain/geo/interiorPoint.ts'
import { isobands } from '#domain/heat/bands.ts'
import type { Density } from '#domain/heat/density.ts'
import { heatColours } from '../heatColours.ts'
import type { ExportedArea } from '../material.ts'
import { font } from './fonts.ts'
import type { MapView } from './mapView.ts'

export const INK = {
  paper: '#f1f1ee',
  ground: '#fbfbf9',
  strong: '#161715',
  middle: '#454643',
  weak: '#666763',
  line: '#cfcfca',
}

/** Flat bands, cut at the outlines as on the screens. */
export function drawHeat(
  context: SKRSContext2D,
  view: MapView,
  grid: Density,
  classes: readonly number[],
  outlines: readonly AreaGeometry[] | null,
): void {
  const colours = heatColours(classes.length)
  context.save()
  if (outlines !== null) {
    context.beginPath()
    for (const outline of outlines) trace(context, view, outline)
    context.clip('evenodd')
  }
  for (const [i, { geometry }] of isobands(grid, classes).entries()) {
    context.beginPath()
    trace(context, view, geometry)
    context.fillStyle = colours[i] ?? INK.strong
    context.fill('evenodd')
  }
  context.restore()
}

/** Higher levels are drawn stronger, and last. */
export function drawBoundaries(
  context: SKRSContext2D,
  view: MapView,
  areas: readonly ExportedArea[],
  scale: number,
): void {
  const depths = depthsOf(areas)
  const deepest = Math.max(0, ...depths.values())
  for (let depth = deepest; depth >= 0; depth--) {
    context.beginPath()
    for (const area of areas) if (area.geometry && depths.get(area.code) === depth) trace(context, view, area.geometry)
    const [width, colour] =
      depth === 0 ? [2.6, INK.strong] : depth === 1 ? [1.8, INK.middle] : depth === 2 ? [1, INK.weak] : [0.6, INK.line]
    context.lineWidth = width * scale
    context.lineJoin = 'round'
    context.strokeStyle = colour
    context.stroke()
  }
}

/** Of the highest level that has several areas in sight; what would lie upon another name is left out. */
export function drawNames(context: SKRSContext2D, view: MapView, areas: readonly ExportedArea[], scale: number): void {
  const depths = depthsOf(areas)
  const depth = [0, 1, 2].find(d => [...depths.values()].filter(found => found === d).length > 1) ?? 0
  const taken: { x: number; y: number; width: number; height: number }[] = []
  context.font = font(22 * scale, 600)
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  for (const area of areas) {
    if (depths.get(area.code) !== depth || area.geometry === null) continue
    const place = interiorPoint(area.geometry)
    if (place === null) continue
    const [x, y] = view.toPx([place.lng, place.lat])
    const [width, height] = [context.measureText(area.name).width + 12 * scale, 34 * scale]
    const isClear = taken.every(
      other => Math.abs(other.x - x) * 2 > other.width + width || Math.abs(other.y - y) * 2 > other.height + height,
    )
    const isInside =
      x - width / 2 > view.x && x + width / 2 < view.x + view.width && y > view.y && y < view.y + view.height
    if (!isClear || !isInside) continue
    taken.push({ x, y, width, height })
    context.strokeStyle = INK.ground
    context.lineWidth = 5 * scale
    context.strokeText(area.name, x, y)
    context.fillStyle = INK.strong
    context.fillText(area.name, x, y)
  }
}

function trace(context: SKRSContext2D, view: MapView, geometry: AreaGeometry): void {
  for (const rings of polygonsOf(geometry))
    for (const ring of rings) {
      for (const [i, place] of ring.entries()) {
        const [x, y] = view.toPx(place)
        if (i === 0) context.moveTo(x, y)
        else context.lineTo(x, y)
      }
      context.closePath()
    }
}

function depthsOf(areas: readonly ExportedArea[]): Map<string, number> {
  const depths = new Map<string, number>()
  // A parent comes before its children.
  for (const { code, parent } of areas) depths.set(code, parent === null ? 0 : (depths.get(parent) ?? -1) + 1)
  return depths
}
