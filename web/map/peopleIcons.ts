/** Worker glyphs: role = shape, nose along +x. One atlas, drawn once per theme and unit. */
import type { Palette } from './palette.ts'

/** In units, around 0,0. `solid` glyphs are filled; the open ones are stroked over the ground's colour. */
export const roleGlyphs: Record<string, { path: string; solid: boolean }> = {
  fullTime: { path: 'M9 0L-6.5 6.2L-3 0L-6.5 -6.2Z', solid: true },
  partTime: { path: 'M3.4 0A3.4 3.4 0 1 1 3.4 -.01ZM3.4 0H7.5', solid: false },
  enforcement: { path: 'M-6 -5.5H3L8 0L3 5.5H-6Z', solid: true },
  police: { path: 'M9 0L0 5.8L-8 0L0 -5.8Z', solid: false },
  patrolCar: { path: 'M-8 -5.5L-1.5 0L-8 5.5M.5 -5.5L7 0L.5 5.5', solid: false },
}
/** A role this map has no shape for is still a person: a plain open ring. */
const OTHER = { path: 'M4.5 0A4.5 4.5 0 1 1 4.5 -.01Z', solid: false }

export const glyphOf = (role: string) => roleGlyphs[role] ?? OTHER

export type Tone = 'assigned' | 'normal' | 'quiet' | 'stale'
const tones: readonly Tone[] = ['assigned', 'normal', 'quiet', 'stale']
const CELL_UNITS = 32

export const iconKey = (role: string, tone: Tone) => `${role in roleGlyphs ? role : 'other'}.${tone}`

export type IconMapping = Record<
  string,
  { x: number; y: number; width: number; height: number; anchorX: number; anchorY: number }
>

export function iconMapping(cellPx: number): IconMapping {
  const mapping: IconMapping = {}
  for (const [row, tone] of tones.entries()) {
    for (const [column, role] of [...Object.keys(roleGlyphs), 'other'].entries()) {
      mapping[`${role}.${tone}`] = {
        x: column * cellPx,
        y: row * cellPx,
        width: cellPx,
        height: cellPx,
        anchorX: cellPx / 2,
        anchorY: cellPx / 2,
      }
    }
  }
  return mapping
}

export type IconAtlas = { canvas: HTMLCanvasElement; mapping: IconMapping; sizePx: number }

/** `scale` is device pixels per CSS pixel; the icons come out `sizePx` CSS pixels wide. */
export function drawIconAtlas(palette: Palette, unitPx: number, scale: number): IconAtlas {
  const cellPx = Math.ceil(CELL_UNITS * unitPx * scale)
  const roles = [...Object.keys(roleGlyphs), 'other']
  const canvas = document.createElement('canvas')
  canvas.width = cellPx * roles.length
  canvas.height = cellPx * tones.length
  const g = canvas.getContext('2d')
  if (g) {
    for (const [row, tone] of tones.entries()) {
      for (const [column, role] of roles.entries()) {
        g.setTransform(cellPx / CELL_UNITS, 0, 0, cellPx / CELL_UNITS, (column + 0.5) * cellPx, (row + 0.5) * cellPx)
        drawGlyph(g, role, tone, palette)
      }
    }
  }
  return { canvas, mapping: iconMapping(cellPx), sizePx: cellPx / scale }
}

export type GlyphLook = { ink: string; ground: string; isFilled: boolean; dash: readonly number[]; isHatched: boolean }

/** How a tone is drawn. Old is never filled: a solid role is hatched inside its outline, an open one's is broken. */
export function glyphLook(role: string, tone: Tone, palette: Palette): GlyphLook {
  const { solid } = glyphOf(role)
  const isOld = tone === 'stale'
  return {
    ink: { assigned: palette['k-1'], normal: palette['k-2'], quiet: palette['k-3'], stale: palette['k-2'] }[tone],
    ground: palette.bg,
    isFilled: solid && !isOld,
    dash: isOld && !solid ? [3, 2] : [],
    isHatched: isOld && solid,
  }
}

function drawGlyph(g: CanvasRenderingContext2D, role: string, tone: Tone, palette: Palette) {
  const path = new Path2D(glyphOf(role).path)
  const { ink, ground, isFilled, dash, isHatched } = glyphLook(role, tone, palette)
  g.lineJoin = 'round'
  g.strokeStyle = palette['map-halo']
  g.lineWidth = 5
  g.stroke(path)
  g.strokeStyle = ink
  g.fillStyle = isFilled ? ink : ground
  if (role !== 'patrolCar') g.fill(path)
  if (isHatched) {
    g.save()
    g.clip(path)
    g.lineWidth = 1.1
    for (let x = -20; x <= 20; x += 3.2) g.stroke(new Path2D(`M${x - 8} 8L${x + 8} -8`))
    g.restore()
  }
  g.lineWidth = isFilled ? 0.5 : isHatched ? 1.4 : 1.8
  g.setLineDash([...dash])
  g.stroke(path)
  g.setLineDash([])
}
