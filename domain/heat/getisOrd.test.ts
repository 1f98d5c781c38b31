import { expect, test } from 'vitest'
import { getisOrd } from './getisOrd.ts'
import { rowCellM } from './lattice.ts'
import { seededRandom } from './seededRandom.ts'

/** A window near Shanghai with cells of about 65 m. */
const window = { level: 19, x0: 439000, y0: 214000 }

/** The formula as it is written, cell by cell over all cells: the measure of what is quicker. */
function bruteForce(grid: Parameters<typeof getisOrd>[0], bandM: number): number[] {
  const cells = Array.from(grid.values, (value, i) => ({ value, x: i % grid.width, y: Math.floor(i / grid.width) }))
  const studied = cells.filter(cell => !Number.isNaN(cell.value))
  const n = studied.length
  const mean = studied.reduce((sum, { value }) => sum + value, 0) / n
  const s = Math.sqrt(studied.reduce((sum, { value }) => sum + value ** 2, 0) / n - mean ** 2)
  return cells.map(({ x, y, value }) => {
    if (Number.isNaN(value)) return Number.NaN
    const near = studied.filter(other => Math.hypot(other.x - x, other.y - y) * rowCellM(grid, y) <= bandM)
    const sum = near.reduce((total, other) => total + other.value, 0)
    return (sum - mean * near.length) / (s * Math.sqrt((n * near.length - near.length ** 2) / (n - 1)))
  })
}

test('Gi* is what the formula of Ord and Getis gives by brute force, whatever the band, the latitude and the mask', () => {
  const random = seededRandom(11)
  for (const y0 of [214000, 120000])
    for (const bandM of [70, 200, 333]) {
      const [width, height] = [23, 17]
      const values = Float64Array.from({ length: width * height }, () =>
        random() < 0.2 ? Number.NaN : Math.floor(-3 * Math.log(random())) + (random() < 0.5 ? 0 : random()),
      )
      const grid = { ...window, y0, width, height, values }
      const { z } = getisOrd(grid, bandM)
      bruteForce(grid, bandM).forEach((expected, i) => {
        if (Number.isNaN(expected)) expect(z[i]).toBeNaN()
        else expect(z[i]).toBeCloseTo(expected, 9)
      })
    }
})

test('the high corner of a field is hot, the low one cold, and the band counts cells on the ground', () => {
  const values = Array.from({ length: 100 }, (_, i) => (i % 10) + Math.floor(i / 10))
  const cellM = rowCellM({ ...window, width: 10, height: 10 }, 5)
  const { z, neighbours, n, mean } = getisOrd({ ...window, width: 10, height: 10, values }, cellM * 1.01)
  expect([n, mean]).toEqual([100, 9])
  expect(neighbours[55]).toBe(5)
  expect(neighbours[0]).toBe(3)
  expect(z[99]).toBeGreaterThan(3)
  expect(z[0]).toBeLessThan(-3)
  expect(z[45]).toBeCloseTo(0, 12)
})

test('values that are all alike, and a neighbourhood of everything, have no score', () => {
  const grid = { ...window, width: 6, height: 6, values: Array(36).fill(0.1) }
  expect(getisOrd(grid, 200).z.every(Number.isNaN)).toBe(true)
  const varied = { ...grid, values: Array.from({ length: 36 }, (_, i) => i) }
  expect(getisOrd(varied, 1e5).z.every(Number.isNaN)).toBe(true)
  expect(() => getisOrd(varied, 0)).toThrow(/positive number of metres/)
})
