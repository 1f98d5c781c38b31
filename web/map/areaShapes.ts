/** The areas as the map's sources want them: lines by rank below the area shown, and the spots of their names. */
import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon, Position } from 'geojson'
import type { MapArea } from './mapScene.ts'

/** `rank` counts levels below the area shown: 0 is its own outline, 1 its parts, 2 the parts' parts. */
export type AreaProperties = { code: string; rank: number; inside: 0 | 1; root: 0 | 1 }
export type NameProperties = { code: string; rank: number; text: string; selected: 0 | 1 }

export type AreaShapes = {
  shapes: FeatureCollection<Polygon | MultiPolygon, AreaProperties> // down to the grids
  fine: FeatureCollection<Polygon | MultiPolygon, AreaProperties> // what shows only from near
  selection: FeatureCollection<Polygon | MultiPolygon, AreaProperties>
  names: NamedSpot[] // of the parts of the area shown; the map moves them to the nearest free place
  numbers: FeatureCollection<Point, NameProperties>
  drawn: string[] // codes of all that has a shape
}
export type NamedSpot = { code: string; text: string; lng: number; lat: number; ring: Position[] }

export function areaShapes(
  areas: readonly MapArea[],
  levels: readonly string[],
  root: string | null,
  selected: string | null,
): AreaShapes {
  const byCode = new Map(areas.map(area => [area.code, area]))
  const base = rootRank(areas, levels, root)
  const inside = insideOf(byCode, root)
  const shapes: Feature<Polygon | MultiPolygon, AreaProperties>[] = []
  const numbers: Feature<Point, NameProperties>[] = []
  const names: NamedSpot[] = []
  for (const area of areas) {
    if (!area.geometry) continue
    const rank = levels.indexOf(area.level) - base
    const within = inside(area)
    shapes.push({
      type: 'Feature',
      geometry: area.geometry,
      properties: { code: area.code, rank, inside: within ? 1 : 0, root: area.code === root ? 1 : 0 },
    })
    const ring = largestRing(area.geometry)
    const spot = labelSpot(ring)
    if (!within || !spot || rank < 1) continue
    const text = shortName(area, byCode.get(area.parent ?? '')?.name ?? '', rank)
    if (rank === 1) names.push({ code: area.code, text, lng: spot[0], lat: spot[1], ring })
    else
      numbers.push({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: spot },
        properties: { code: area.code, rank, text, selected: area.code === selected ? 1 : 0 },
      })
  }
  const collect = (features: typeof shapes) => ({ type: 'FeatureCollection' as const, features })
  return {
    shapes: collect(shapes.filter(shape => shape.properties.rank <= 2)),
    fine: collect(shapes.filter(shape => shape.properties.rank > 2)),
    selection: collect(shapes.filter(shape => shape.properties.code === selected)),
    names,
    numbers: { type: 'FeatureCollection', features: numbers },
    drawn: shapes.map(shape => shape.properties.code),
  }
}

/** The narrowest area that holds the point, no deeper than `maxRank` levels below the area shown. */
export function areaAt(
  areas: readonly MapArea[],
  levels: readonly string[],
  root: string | null,
  place: { lng: number; lat: number },
  maxRank: number,
): string | null {
  const base = rootRank(areas, levels, root)
  let found: string | null = null
  let depth = 0
  for (const area of areas) {
    const rank = levels.indexOf(area.level) - base
    if (rank < 1 || rank > maxRank || rank <= depth || !area.geometry) continue
    if (area.bbox && !inBox(area.bbox, place)) continue
    const polygons = area.geometry.type === 'Polygon' ? [area.geometry.coordinates] : area.geometry.coordinates
    if (!polygons.some(rings => rings.filter(ring => inRing(ring, place.lng, place.lat)).length % 2 === 1)) continue
    found = area.code
    depth = rank
  }
  return found
}

/** 柳堤社区 → 柳堤; 柳堤社区07网格 inside 柳堤社区 → 07. */
export function shortName(area: MapArea, parentName: string, rank: number): string {
  const own = parentName && area.name.startsWith(parentName) ? area.name.slice(parentName.length) : area.name
  const digits = /(\d{1,3})\D*$/.exec(own)?.[1] ?? (own === '' ? area.code.slice(-2) : undefined)
  if (digits && rank > 1) return digits.slice(-2).padStart(2, '0')
  if (digits) return own.trim()
  return own.replace(/(社区|居民区|街道|网格|微网格)$/, '') || own
}

export function largestRing(geometry: Polygon | MultiPolygon): Position[] {
  const rings = geometry.type === 'Polygon' ? [geometry.coordinates[0]] : geometry.coordinates.map(p => p[0])
  let best: Position[] = []
  let size = -1
  for (const ring of rings) {
    if (!ring) continue
    const area = Math.abs(signedArea(ring))
    if (area > size) [best, size] = [ring, area]
  }
  return best
}

export function inRing(ring: readonly Position[], x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi = 0, yi = 0] = ring[i] ?? []
    const [xj = 0, yj = 0] = ring[j] ?? []
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

function rootRank(areas: readonly MapArea[], levels: readonly string[], root: string | null): number {
  const shown = areas.find(area => area.code === root)
  if (shown) return levels.indexOf(shown.level)
  // Nothing is named as shown: what has no parent here counts as the first rank below it.
  const codes = new Set(areas.map(area => area.code))
  const tops = areas.filter(area => area.parent === null || !codes.has(area.parent))
  return Math.min(...tops.map(area => levels.indexOf(area.level)), levels.length) - 1
}

function insideOf(byCode: ReadonlyMap<string, MapArea>, root: string | null): (area: MapArea) => boolean {
  if (root === null || !byCode.has(root)) return () => true
  const known = new Map<string, boolean>([[root, true]])
  const inside = (code: string | null): boolean => {
    if (code === null) return false
    const seen = known.get(code)
    if (seen !== undefined) return seen
    known.set(code, false) // a cycle of parents ends here
    const is = inside(byCode.get(code)?.parent ?? null)
    known.set(code, is)
    return is
  }
  return area => inside(area.code)
}

/** The centroid, or the middle of the widest chord at its height when the shape bends around it. */
function labelSpot(ring: readonly Position[]): [number, number] | null {
  if (ring.length < 4) return null
  const [cx, cy] = centroid(ring)
  if (inRing(ring, cx, cy)) return [cx, cy]
  const cuts: number[] = []
  for (let i = 1; i < ring.length; i++) {
    const [x0 = 0, y0 = 0] = ring[i - 1] ?? []
    const [x1 = 0, y1 = 0] = ring[i] ?? []
    if (y0 > cy !== y1 > cy) cuts.push(x0 + ((cy - y0) / (y1 - y0)) * (x1 - x0))
  }
  cuts.sort((a, b) => a - b)
  let best: [number, number] | null = null
  let width = 0
  for (let i = 0; i + 1 < cuts.length; i += 2) {
    const [a = 0, b = 0] = [cuts[i], cuts[i + 1]]
    if (b - a > width) {
      width = b - a
      best = [(a + b) / 2, cy]
    }
  }
  return best
}

function centroid(ring: readonly Position[]): [number, number] {
  // Measured from the first corner: degrees squared lose too many digits far from null island.
  const [ox = 0, oy = 0] = ring[0] ?? []
  let twice = 0
  let x = 0
  let y = 0
  for (let i = 1; i < ring.length; i++) {
    const x0 = (ring[i - 1]?.[0] ?? 0) - ox
    const y0 = (ring[i - 1]?.[1] ?? 0) - oy
    const x1 = (ring[i]?.[0] ?? 0) - ox
    const y1 = (ring[i]?.[1] ?? 0) - oy
    const cross = x0 * y1 - x1 * y0
    twice += cross
    x += (x0 + x1) * cross
    y += (y0 + y1) * cross
  }
  return twice === 0 ? [ox, oy] : [ox + x / (3 * twice), oy + y / (3 * twice)]
}

function signedArea(ring: readonly Position[]): number {
  let twice = 0
  for (let i = 1; i < ring.length; i++) {
    twice += (ring[i - 1]?.[0] ?? 0) * (ring[i]?.[1] ?? 0) - (ring[i]?.[0] ?? 0) * (ring[i - 1]?.[1] ?? 0)
  }
  return twice / 2
}

function inBox(box: readonly number[], place: { lng: number; lat: number }): boolean {
  const [west = 0, south = 0, east = 0, north = 0] = box
  return place.lng >= west && place.lng <= east && place.lat >= south && place.lat <= north
}
