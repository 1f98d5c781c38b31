/** SVG over the map: corner brackets where another map looks closer, and the line from the plate to its grid. */
import type { Position } from 'geojson'
import type { MapFrame } from './mapScene.ts'

/** Longer than this, a line crosses the street instead of leading into it; the outline says enough. */
const MOST_CALLOUT_PX = 420
const NAME_PX = 22

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
      // Above its frame, or inside where the map ends there.
      const hasRoom = a.y > (NAME_PX + 6) * unitPx
      const y = hasRoom ? a.y - 6 * unitPx : Math.max(0, a.y) + NAME_PX * unitPx
      const x = Math.max(0, a.x) + (hasRoom ? 4 : 8) * unitPx
      return `<path class="frame" d="${d}"/><text class="frame-name" x="${n(x)}" y="${n(y)}">${plainText(id)}</text>`
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
  const isNear = upper && Math.hypot(upper.x - from.x, upper.y - from.y) <= MOST_CALLOUT_PX * unitPx
  return isNear ? `<path class="callout" d="M${n(from.x)} ${n(from.y)}L${n(upper.x)} ${n(upper.y)}"/>` : ''
}

const n = (value: number) => value.toFixed(1)
const plainText = (text: string) => text.replace(/[&<>"]/g, char => `&#${char.charCodeAt(0)};`)
