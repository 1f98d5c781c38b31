/**
 * All parts of the basemap as one source: one index and one set of tiles instead of seven. The lines that carry names
 * are a second one, because they wait for their fonts.
 */
import type { Feature, FeatureCollection, LineString, Position } from 'geojson'
import { largestRing } from './areaShapes.ts'
import type { Basemap } from './mapScene.ts'

export type BasemapParts = { shapes: FeatureCollection; named: FeatureCollection; names: string }

/** Parts a store may bring; anything else is not drawn. */
const parts = new Set(['landuse', 'water', 'buildings', 'roads', 'bridges', 'rail', 'stations'])

export function basemapParts(basemap: readonly Basemap[]): BasemapParts {
  const shapes: Feature[] = []
  const named = new Map<string, Feature>() // the longest of each name: one road says its name once
  for (const { id, data } of basemap) {
    if (!parts.has(id)) continue
    for (const { geometry, properties } of data.features) {
      const part = { ...properties, part: id }
      shapes.push({ type: 'Feature', geometry, properties: part })
      const name: unknown = properties?.['name']
      if (typeof name !== 'string' || name === '') continue
      const line = id === 'water' ? middleOf(geometry) : id === 'roads' && isLine(geometry) ? geometry : null
      if (!line) continue
      const known = named.get(name)
      if (known && lengthOf(known.geometry) >= lengthOf(line)) continue
      named.set(name, { type: 'Feature', geometry: line, properties: part })
    }
  }
  return { shapes: collection(shapes), named: collection([...named.values()]), names: [...named.keys()].join('') }
}

const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features })
const isLine = (geometry: Feature['geometry']) => geometry.type === 'LineString' || geometry.type === 'MultiLineString'

function lengthOf(geometry: Feature['geometry']): number {
  const lines =
    geometry.type === 'LineString'
      ? [geometry.coordinates]
      : geometry.type === 'MultiLineString'
        ? geometry.coordinates
        : []
  let length = 0
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) {
      length += Math.hypot((line[i]?.[0] ?? 0) - (line[i - 1]?.[0] ?? 0), (line[i]?.[1] ?? 0) - (line[i - 1]?.[1] ?? 0))
    }
  }
  return length
}

function middleOf(geometry: Feature['geometry']): LineString | null {
  if (geometry.type === 'LineString') return geometry
  return geometry.type === 'Polygon' || geometry.type === 'MultiPolygon' ? midline(largestRing(geometry)) : null
}

/** The middle of a long shape along its longer side, for a river's name; null for a pond. */
export function midline(ring: readonly Position[]): LineString | null {
  const xs = ring.map(([x = 0]) => x)
  const ys = ring.map(([, y = 0]) => y)
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const along = east - west >= north - south ? 0 : 1
  const [from, to] = along === 0 ? [west, east] : [south, north]
  const steps = 40
  const line: Position[] = []
  let widest = 0
  for (let step = 1; step < steps; step++) {
    const at = from + ((to - from) * step) / steps
    const cuts = crossings(ring, along, at)
    if (cuts.length < 2) continue
    const [low = 0, high = 0] = [cuts[0], cuts.at(-1)]
    widest = Math.max(widest, high - low)
    line.push(along === 0 ? [at, (low + high) / 2] : [(low + high) / 2, at])
  }
  return line.length > steps / 2 && (to - from) / widest > 5 ? { type: 'LineString', coordinates: line } : null
}

function crossings(ring: readonly Position[], along: 0 | 1, at: number): number[] {
  const across = along === 0 ? 1 : 0
  const cuts: number[] = []
  for (let i = 1; i < ring.length; i++) {
    const a = ring[i - 1]
    const b = ring[i]
    if (!a || !b) continue
    const [a0, a1, b0, b1] = [a[along] ?? 0, a[across] ?? 0, b[along] ?? 0, b[across] ?? 0]
    if (a0 > at !== b0 > at) cuts.push(a1 + ((at - a0) / (b0 - a0)) * (b1 - a1))
  }
  return cuts.sort((x, y) => x - y)
}
