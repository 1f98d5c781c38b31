/** A page with the heat on it: title, map, legend, scale, north and where it comes from; or the map alone, on nothing. */
import { createCanvas } from '@napi-rs/canvas'
import type { Density } from '#domain/heat/density.ts'
import { zonedText } from '../layer.ts'
import type { Material } from '../material.ts'
import { PRODUCT } from '../product.ts'
import { knownSystem, projectionTo } from '../projection.ts'
import { drawLegend, drawNorth, drawScaleBar } from './drawFurniture.ts'
import { drawBoundaries, drawHeat, drawNames, INK } from './drawGround.ts'
import { font } from './fonts.ts'
import { type MapView, mapView } from './mapView.ts'
import { narrowing, wordsOf } from './words.ts'

export type Picture = {
  readonly png: Uint8Array
  readonly view: MapView
  readonly width: number
  readonly height: number
}
/** What one picture shows, where a frame shows less than the whole. */
export type Shown = { readonly grid: Density; readonly from: number; readonly to: number; readonly n: number | null }

/** All sizes are for this width. */
const DESIGN_PX = 1920
/** What the column beside the map needs besides its classes. */
const LEGEND_PX = 420

export function heatPicture(material: Material, shown: Shown): Picture {
  const { request, bounds, outlines, areas } = material
  const system = knownSystem(material.systemCode)
  const projection = projectionTo(system)
  const width = request.widthPx
  const scale = width / DESIGN_PX
  if (!request.furniture) {
    const view = mapView(bounds, { x: 0, y: 0, width }, system, projection)
    const canvas = createCanvas(width, view.height)
    drawHeat(canvas.getContext('2d'), view, shown.grid, request.classes, outlines)
    return { png: canvas.toBuffer('image/png'), view, width, height: view.height }
  }
  const [edge, head, foot, side] = [40, 132, 76, 320].map(px => Math.round(px * scale)) as [
    number,
    number,
    number,
    number,
  ]
  const view = mapView(bounds, { x: edge, y: head, width: width - 3 * edge - side }, system, projection)
  const bottom = head + Math.max(view.height, Math.round((LEGEND_PX + 36 * request.classes.length) * scale))
  const height = bottom + foot
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = INK.paper
  context.fillRect(0, 0, width, height)
  context.save()
  context.beginPath()
  context.rect(view.x, view.y, view.width, view.height)
  context.clip()
  context.fillStyle = INK.ground
  context.fillRect(view.x, view.y, view.width, view.height)
  drawHeat(context, view, shown.grid, request.classes, outlines)
  drawBoundaries(context, view, areas, scale)
  drawNames(context, view, areas, scale)
  context.restore()
  context.strokeStyle = INK.middle
  context.lineWidth = scale
  context.strokeRect(view.x, view.y, view.width, view.height)

  const words = wordsOf(request)
  const period = `${short(shown.from, material.timezone)} – ${short(shown.to, material.timezone)}`
  const what = narrowing(material, words)
  context.fillStyle = INK.strong
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  context.font = font(40 * scale, 600)
  context.fillText(request.title ?? words.title(material.placeName), edge, 66 * scale, width - 2 * edge)
  context.fillStyle = INK.middle
  context.font = font(22 * scale)
  const under = [`${period} (${material.timezone})`, what].filter(part => part !== '').join('  ·  ')
  context.fillText(under, edge, 108 * scale, width - 2 * edge)

  const column = { x: width - edge - side, width: side }
  drawNorth(context, { ...column, y: head + 8 * scale }, scale, view, projection)
  drawLegend(context, { ...column, y: head + 110 * scale }, scale, {
    heading: words.quantity[request.unit],
    unit: words.unit[request.unit],
    classes: request.unit === 'share' ? request.classes.map(asPercent) : request.classes,
    notes: [
      words.bandwidth(request.bandwidthM),
      ...(shown.n === null ? [] : [words.n(shown.n)]),
      ...(words.nothing[request.unit] === undefined ? [] : [words.nothing[request.unit] ?? '']),
      ...(request.k > 1 ? [words.heldBack(request.k)] : []),
    ],
  })
  drawScaleBar(context, { ...column, y: bottom }, scale, view)

  context.fillStyle = INK.weak
  context.font = font(17 * scale)
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  const made = [
    words.source(`${PRODUCT.name} 格望 ${PRODUCT.version}`, material.head),
    words.system(`EPSG:${system.code}`, system.name),
    words.madeAt(short(material.at, material.timezone)),
  ]
  context.fillText(made.join('  ·  '), edge, bottom + 46 * scale, width - 2 * edge)
  return { png: canvas.toBuffer('image/png'), view, width, height }
}

/** 0.3 is 30, not 30.000000000000004. */
const asPercent = (share: number) => Number((share * 100).toPrecision(12))

function short(at: number, timezone: string): string {
  return zonedText(at, timezone).slice(0, 16).replace('T', ' ')
}
