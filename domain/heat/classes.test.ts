import { expect, test } from 'vitest'
import { isobands } from './bands.ts'
import { equalClasses, multiplesOfMean, niceTop, quantileClasses, roundedClasses } from './classes.ts'
import { seededRandom } from './seededRandom.ts'

test('equal classes are those of the wall: a domain up to 0.5 in five', () => {
  expect(equalClasses([0, 0.5], 5)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5])
  expect(equalClasses([0, 0.05], 1)).toEqual([0.05])
  expect(equalClasses([10, 40], 3)).toEqual([20, 30, 40])
})

test('quantile classes hold as many cells each, whatever is empty or masked', () => {
  const random = seededRandom(8)
  const values = Array.from({ length: 2_000 }, (_, i) => (i % 4 === 0 ? 0 : i % 7 === 0 ? Number.NaN : random() ** 5))
  const kept = values.filter(value => value > 0)
  const breaks = quantileClasses(values, 5)
  const held = breaks.map((from, i) => kept.filter(v => v >= from && v < (breaks[i + 1] ?? Infinity)).length)
  expect(held.reduce((a, b) => a + b)).toBe(kept.length)
  for (const n of held) expect(Math.abs(n - kept.length / 5)).toBeLessThanOrEqual(1)
})

test('ties stay in one class, and few values are few classes', () => {
  expect(quantileClasses([1, 1, 1, 1, 2, 2, 3], 4)).toEqual([1, 2])
  expect(quantileClasses([3, 3, 3], 5)).toEqual([3])
  expect(quantileClasses([0, Number.NaN], 5)).toEqual([])
  expect(quantileClasses([5, 1, 4, 2, 3], 5)).toEqual([1, 2, 3, 4, 5])
})

test('multiples of the mean count the empty cells of the area and not the masked ones', () => {
  expect(multiplesOfMean([0, 0, 2, 6, Number.NaN], [0.5, 1, 2, 4])).toEqual([1, 2, 4, 8])
  expect(multiplesOfMean([0, Number.NaN], [1])).toEqual([])
})

test('rounded classes have as few digits as keep them apart', () => {
  expect(roundedClasses([0.12345, 0.23456, 1.98765])).toEqual([0.12, 0.23, 2])
  expect(roundedClasses([0.12345, 0.12356, 0.2])).toEqual([0.123, 0.124, 0.2])
  expect(roundedClasses([1, 1 + Number.EPSILON])).toEqual([1, 1 + Number.EPSILON])
})

test('the top of a domain gives nice steps that reach the greatest value', () => {
  expect(niceTop(0.47, 5)).toBe(0.5)
  expect(niceTop(0.5, 5)).toBe(0.5)
  expect(niceTop(11.05, 5)).toBe(12.5)
  expect(equalClasses([0, niceTop(730, 4)], 4)).toEqual([200, 400, 600, 800])
})

test('every kind of class is taken by isobands', () => {
  const random = seededRandom(4)
  const grid = { level: 20, x0: 878000, y0: 428000, width: 12, height: 12 }
  for (let run = 0; run < 50; run++) {
    const values = Float64Array.from({ length: 144 }, () => (random() < 0.3 ? 0 : Math.floor(random() * 6) * random()))
    for (const breaks of [
      quantileClasses(values, 1 + (run % 9)),
      multiplesOfMean(values, [0.5, 1, 2, 4]),
      equalClasses([0, niceTop(Math.max(...values), 5)], 5),
      roundedClasses(quantileClasses(values, 7)),
    ])
      expect(isobands({ ...grid, values }, breaks)).toHaveLength(breaks.length)
  }
})

test('what makes no classes is refused', () => {
  expect(() => equalClasses([0.5, 0.5], 5)).toThrow(/goes up/)
  expect(() => equalClasses([-1, 1], 5)).toThrow(/goes up/)
  expect(() => quantileClasses([1], 0)).toThrow(/1 to 12 classes/)
  expect(() => niceTop(0, 5)).toThrow(/nothing to round up to/)
})
