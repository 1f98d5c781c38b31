import type { Density } from './density.ts'

/**
 * Incidents per 1,000 households: one density over another of the same lattice, bandwidth and unit (perKm2). Masked (NaN) where
 * fewer than `leastPerKm2` households live, since a ratio over next to nobody says nothing.
 */
export function perThousand(incidents: Density, households: Density, leastPerKm2: number): Density {
  const keys = ['level', 'x0', 'y0', 'width', 'height', 'bandwidthM'] as const
  const odd = keys.find(key => incidents[key] !== households[key])
  if (odd) throw new RangeError(`the two densities differ in ${odd}: ${incidents[odd]} and ${households[odd]}`)
  if (incidents.unit !== 'perKm2' || households.unit !== 'perKm2')
    throw new RangeError('both densities must be per km²')
  const values = incidents.values.map((value, i) => {
    const base = households.values[i] ?? 0
    return base >= leastPerKm2 ? (value / base) * 1000 : Number.NaN
  })
  return { ...incidents, values }
}
