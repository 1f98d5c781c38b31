/** What makes a map readable beside it, never on it: nothing of the ground is covered. */
import type { SKRSContext2D } from '@napi-rs/canvas'
import { heatColours } from '../heatColours.ts'
import type { Projection } from '../projection.ts'
import { INK } from './drawGround.ts'
import { font } from './fonts.ts'
import type { MapView } from './mapView.ts'

export type LegendText = {
  readonly heading: string
  readonly unit: string
  readonly classes: readonly number[]
  readonly notes: readonly string[]
}
type Corner = { readonly x: number; readonly y: number; readonly width: number }

/** The classes with their numbers, from the densest down. Returns where it ends. */
export function drawLegend(
  context: SKRSContext2D,
  { x, y, width }: Corner,
  scale: number,
  { heading, unit, classes, notes }: LegendText,
): number {
  const [row, swatch] = [36 * scale, 48 * scale]
  const ranges = classes.map((from, i) => (classes[i + 1] === undefined ? `≥ ${from}` : `${from} – ${classes[i + 1]}`))
  const colours = heatColours(classes.length)
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  let at = y + row / 2
  const line = (text: string, sizePx: number, weight: 400 | 600, ink: string) => {
    context.font = font(sizePx * scale, weight)
    context.fillStyle = ink
    context.fillText(text, x, at, width)
  }
  line(heading, 24, 600, INK.strong)
  at += row * 0.9
  line(unit, 18, 400, INK.weak)
  at += row * 0.2
  for (const [i, range] of [...ranges.entries()].toReversed()) {
    at += row
    context.fillStyle = colours[i] ?? INK.strong
    context.fillRect(x, at - row / 2, swatch, row)
    context.font = font(20 * scale)
    context.fillStyle = INK.strong
    context.fillText(range, x + swatch + 16 * scale, at, width - swatch - 16 * scale)
  }
  at += row * 0.4
  for (const note of notes) {
    at += row * 0.86
    line(note, 18, 400, INK.middle)
  }
  return at + row
}

/** The longest round length that fits; y is its lower edge. */
export function drawScaleBar(context: SKRSContext2D, { x, y, width }: Corner, scale: number, view: MapView): void {
  const longest = width * view.metresPerPx
  const step = 10 ** Math.floor(Math.log10(longest))
  const metres = ([5, 2, 1].find(count => count * step <= longest) ?? 1) * step
  const length = metres / view.metresPerPx
  const [top, bar] = [y - 10 * scale, 8 * scale]
  context.font = font(18 * scale)
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  context.fillStyle = INK.strong
  context.fillText(metres >= 1000 ? `${metres / 1000} km` : `${metres} m`, x, top - 10 * scale)
  context.fillRect(x, top, length / 2, bar)
  context.strokeStyle = INK.strong
  context.lineWidth = 1.5 * scale
  context.strokeRect(x, top, length, bar)
}

/** Points to true north in the middle of the map, which is not always up. */
export function drawNorth(
  context: SKRSContext2D,
  { x, y }: Corner,
  scale: number,
  view: MapView,
  projection: Projection,
): void {
  const middle = projection.inverse(
    view.west + (view.width / 2) * view.unitsPerPxX,
    view.north - (view.height / 2) * view.unitsPerPxY,
  )
  const [fromX, fromY] = view.toPx(middle)
  const [toX, toY] = view.toPx([middle[0], middle[1] + 0.001])
  const size = 40 * scale
  context.save()
  context.translate(x + size / 2, y + size)
  context.rotate(Math.atan2(toX - fromX, fromY - toY))
  context.fillStyle = INK.strong
  context.beginPath()
  context.moveTo(0, -0.42 * size)
  context.lineTo(0.3 * size, 0.55 * size)
  context.lineTo(0, 0.35 * size)
  context.lineTo(-0.3 * size, 0.55 * size)
  context.closePath()
  context.fill()
  context.font = font(20 * scale, 600)
  context.textAlign = 'center'
  context.textBaseline = 'alphabetic'
  context.fillText('N', 0, -0.55 * size)
  context.restore()
}
