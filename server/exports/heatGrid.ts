import type { AreaGeometry } from '#domain/geo/geojson.ts'
import { contributors, maskFewer } from '#domain/heat/contributors.ts'
import { type Counts, without } from '#domain/heat/counts.ts'
import { type Density, density, maskOutside, massOf } from '#domain/heat/density.ts'
import {
  type Home,
  homesOf,
  householdsAround,
  LEAST_HOUSEHOLDS,
  MOST_HOUSEHOLD_CELLS,
} from '#domain/heat/households.ts'
import { type HeatCounts, isRatio, LEAST_INCIDENTS, quantityOf } from '#domain/heat/quantity.ts'
import { ExportRefused } from './exportRefused.ts'
import type { Material } from './material.ts'

export type HeatGrid = {
  readonly grid: Density // NaN where fewer than k make it, and where a ratio says nothing
  /** The same with NaN where no area of those that are exported lies. */
  readonly masked: Density
  /** For the sidecar; the mass is that of the density, counted before anything was masked or divided. */
  facts(): { readonly mass: number | null; readonly ratio?: object }
}

/** What the screens show of these counts: the same function, on the same lattice. */
export function heatGrid(
  { request: { unit, bandwidthM, k }, areas, n }: Material,
  { counts, breached, from, to }: HeatCounts & { readonly from: number; readonly to: number },
  outlines: readonly AreaGeometry[] | null, // null: masked nowhere
): HeatGrid {
  const windowMs = to - from
  const whole = density(counts, { bandwidthM, unit: isRatio(unit) ? 'perKm2' : unit, windowMs })
  const homes = unit === 'perThousand' ? homesOf(areas) : []
  if (unit === 'perThousand') checkHouseholds(homes, counts, whole.level)
  const value = isRatio(unit)
    ? quantityOf({ counts, breached }, { quantity: unit, bandwidthM, windowMs, homes })
    : whole
  const kinds = breached === null ? [counts] : [counts, breached, without(counts, breached)]
  // A share tells of both kinds, and either could be had as a density of its own.
  const grid = k > 1 ? kinds.reduce((seen, kind) => maskFewer(seen, contributors(kind, whole), k), value) : value
  return {
    grid,
    masked: outlines === null ? grid : maskOutside(grid, outlines),
    facts: () => ({ mass: n === null ? null : massOf(whole), ...ratioFacts() }),
  }

  function ratioFacts() {
    if (unit === 'perThousand') {
      const { weights } = householdsAround(counts, homes, whole.level)
      return { ratio: { below: 'households', n: Math.round(weights.n), least: LEAST_HOUSEHOLDS } }
    }
    if (breached === null) return {}
    // What is held back of areas is decided for all incidents, not for the breached ones: their number is nobody's to subtract.
    return { ratio: { above: 'breached', n: k > 1 ? null : breached.n, least: LEAST_INCIDENTS } }
  }
}

function checkHouseholds(homes: readonly Home[], { level, width, height }: Counts, wanted: number): void {
  if (homes.length === 0) throw new ExportRefused('no area here tells its households: ask for another unit')
  const scale = 2 ** (level - wanted)
  const cells = Math.ceil(width / scale) * Math.ceil(height / scale)
  if (cells > MOST_HOUSEHOLD_CELLS)
    throw new ExportRefused(
      `households over ${cells} cells are too many: ask for a larger bandwidth (--bandwidth), or a box (--bounds)`,
    )
}
