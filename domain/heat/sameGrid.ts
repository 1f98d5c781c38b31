import type { Density } from './density.ts'

/** Refuses two densities whose values do not stand for the same places, kernel and unit: throws a RangeError that says which differs. */
export function checkSameGrid(a: Density, b: Density): void {
  const keys = ['level', 'x0', 'y0', 'width', 'height', 'bandwidthM', 'unit'] as const
  const odd = keys.find(key => a[key] !== b[key])
  if (odd) throw new RangeError(`the two densities differ in ${odd}: ${a[odd]} and ${b[odd]}`)
}
