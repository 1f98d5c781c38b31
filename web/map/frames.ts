/** SVG over the map: corner brackets where another map looks closer, and the line from the plate to its grid. */
import type { Position } from 'geojson'
import type { MapFrame } from './mapScene.ts'

type Project = (lng: number, lat: number) => { x: number; y: number }

export function frameMarkup(frames: readonly MapFrame[], project: Project, unitPx: number): string {
  return frames
    .map(({ id, bbox: [west, south, east, north] }) => {
      const a = project(west, north)
      const b = project(east, south)
      const t = Math.min(14 * unitPx, (b.x - a.x) / 3, (b.y - a.y) / 3)
      const corner = (x: number, y: number, dx: number, dy: number) =>
        `M${n(x + dx * t)} ${n(y)}H${n(x)}V${n(y + dy * t)}`
      const d = corner(a.x, a.y, 1, 1) + corner(b.x, a.y, -1, 1) + corner(a.x, b.y, 1, -1) + corner(b.x, b.y, -1, -1)
      return `<path class="frame" d="${d}"/><text class="frame-name" x="${n(a.x + 4 * unitPx)}" y="${n(a.y - 6 * unitPx)}">${plainText(id)}</text>`
    })
    .join('')
}

/** From the plate's corner to the top left of the selected area's outline. */
export function calloutMarkup(
  from: { x: number; y: number },
  ring: readonly Position[],
  project: Project,
  unitPx: number,
): string {
  const spots = ring.map(([lng = 0, lat = 0]) => project(lng, lat))
  const top = Math.min(...spots.map(spot => spot.y))
  const upper = spots.filter(spot => spot.y < top + 40 * unitPx).sort((a, b) => a.x - b.x)[0]
  return upper ? `<path class="callout" d="M${n(from.x)} ${n(from.y)}L${n(upper.x)} ${n(upper.y)}"/>` : ''
}

const n = (value: number) => value.toFixed(1)
const plainText = (text: string) => text.replace(/[&<>"]/g, char => `&#${char.charCodeAt(0)};`)
