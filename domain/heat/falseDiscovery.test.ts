import { expect, test } from 'vitest'
import { falseDiscoveryRates } from './falseDiscovery.ts'
import { seededRandom } from './seededRandom.ts'

test('the example of Benjamini and Hochberg (1995): 4 of 15 are discoveries at 5 %', () => {
  const p = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ]
  expect(falseDiscoveryRates(p).filter(rate => rate <= 0.05)).toHaveLength(4)
})

test('the discoveries are those of the definition by brute force: the largest k with p(k) ≤ k α ÷ m, ties and gaps too', () => {
  const random = seededRandom(5)
  for (let run = 0; run < 300; run++) {
    const p = Array.from({ length: 1 + Math.floor(random() * 40) }, () =>
      random() < 0.1 ? Number.NaN : random() < 0.3 ? Math.ceil(random() * 8) / 400 : random() ** 3,
    )
    const tested = p.filter(value => !Number.isNaN(value))
    const rates = falseDiscoveryRates(p)
    for (const alpha of [0.0123, 0.0511, 0.2017]) {
      const reached = tested.filter(
        value => value <= (tested.filter(other => other <= value).length * alpha) / tested.length,
      )
      const threshold = Math.max(-1, ...reached)
      expect(Array.from(rates, rate => rate <= alpha)).toEqual(p.map(value => value <= threshold))
    }
  }
})

test('one test is its own p, none is nothing, and what was not tested has no rate', () => {
  expect([...falseDiscoveryRates([0.03])]).toEqual([0.03])
  expect([...falseDiscoveryRates([])]).toEqual([])
  expect([...falseDiscoveryRates([Number.NaN, 0.04, 0.01])]).toEqual([Number.NaN, 0.04, 0.02])
})
