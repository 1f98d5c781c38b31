/** Hot and cold spots of one period, as outlines of their cells, and what must be said of them. */
import type { FeatureCollection, Position } from 'geojson'
import type { Bbox } from '#domain/geo/bbox.ts'
import type { AreaGeometry } from '#domain/geo/geojson.ts'
import { cellCounts } from '#domain/heat/cellCounts.ts'
import type { Counts } from '#domain/heat/counts.ts'
import { hotSpots, type Untestable } from '#domain/heat/hotSpots.ts'
import { type Home, householdWeights } from '#domain/heat/households.ts'
import { type Lattice, levelOver, positionAt } from '#domain/heat/lattice.ts'

/** Cells of about a bandwidth, neighbourhoods of two around: some thirteen cells each. */
const BAND_CELLS = 2
/** Under it a cell's rate is decided by a single incident. */
const LEAST_HOUSEHOLDS_PER_CELL = 20

export type HotAsked = { readonly alpha: number; readonly perHousehold: boolean }
export type HotOutlines = {
  readonly verdict: Untestable | 'found' | 'nothingStandsOut'
  readonly outlines: FeatureCollection
  readonly hot: number // cells
  readonly cold: number
  readonly expected: number | null // incidents per neighbourhood on average
}

export function hotOutlines(
  counts: Counts,
  asked: HotAsked & {
    readonly bandwidthM: number
    readonly area: AreaGeometry
    readonly bounds: Bbox
    readonly homes: readonly Home[]
  },
): HotOutlines {
  const options = { cellM: asked.bandwidthM, areas: [asked.area], bounds: asked.bounds }
  const cells = cellCounts(counts, options)
  const studied = asked.perHousehold ? { ...cells, values: standardised(cells.values, householdCells()) } : cells
  const spots = hotSpots(studied, BAND_CELLS * asked.bandwidthM, asked.alpha)
  if (!('spots' in spots))
    return { verdict: spots.verdict, outlines: outlinesOf(cells, []), hot: 0, cold: 0, expected: null }
  const { verdict, hot, cold, expected } = spots
  return { verdict, outlines: outlinesOf(cells, spots.spots), hot, cold, expected }

  function householdCells(): Float64Array {
    const level = levelOver(asked.bounds, asked.bandwidthM)
    return cellCounts(householdWeights(asked.homes, asked.bounds, level).weights, options).values
  }
}

/** What each cell would count if as many households lived in every one of them. */
function standardised(counts: Float64Array, households: Float64Array): Float64Array {
  const peopled = households.filter(n => n >= LEAST_HOUSEHOLDS_PER_CELL)
  const usual = peopled.reduce((sum, n) => sum + n, 0) / Math.max(1, peopled.length)
  return counts.map((n, i) => {
    const own = households[i] ?? 0
    return own >= LEAST_HOUSEHOLDS_PER_CELL ? (n * usual) / own : Number.NaN
  })
}

/** The sides of cells whose neighbour is of another kind. */
function outlinesOf(lattice: Lattice, spots: ArrayLike<number>): FeatureCollection {
  const { width, height } = lattice
  const spotAt = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : (spots[y * width + x] ?? 0)
  const features = [1, -1].flatMap((sign): FeatureCollection['features'] => {
    const lines: Position[][] = []
    const side = (x0: number, y0: number, x1: number, y1: number) =>
      lines.push([[...positionAt(lattice, x0, y0)], [...positionAt(lattice, x1, y1)]])
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        if (spotAt(x, y) !== sign) continue
        if (spotAt(x, y - 1) !== sign) side(x, y, x + 1, y)
        if (spotAt(x, y + 1) !== sign) side(x, y + 1, x + 1, y + 1)
        if (spotAt(x - 1, y) !== sign) side(x, y, x, y + 1)
        if (spotAt(x + 1, y) !== sign) side(x + 1, y, x + 1, y + 1)
      }
    if (lines.length === 0) return []
    return [{ type: 'Feature', geometry: { type: 'MultiLineString', coordinates: lines }, properties: { sign } }]
  })
  return { type: 'FeatureCollection', features }
}
