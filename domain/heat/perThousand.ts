import type { Density } from './density.ts'
import { checkSameGrid } from './sameGrid.ts'

/**
 * Incidents per 1,000 households: one density over another of the same lattice, bandwidth and unit (perKm2). Masked (NaN) where
 * fewer than `leastPerKm2` households live, since a ratio over next to nobody says nothing.
 */
export function perThousand(incidents: Density, households: Density, leastPerKm2: number): Density {
  checkSameGrid(incidents, households)
  if (incidents.unit !== 'perKm2') throw new RangeError('both densities must be per km²')
  const values = incidents.values.map((value, i) => {
    const base = households.values[i] ?? 0
    return base >= leastPerKm2 ? (value / base) * 1000 : Number.NaN
  })
  return { ...incidents, values }
}
