import { expect, test } from 'vitest'
import { distanceM } from '../geo/distance.ts'
import type { CellCounts } from './cellCounts.ts'
import { falseDiscoveryRates } from './falseDiscovery.ts'
import { getisOrd } from './getisOrd.ts'
import { getisOrdChance } from './getisOrdChance.ts'
import { hotSpots } from './hotSpots.ts'
import { positionAt, rowCellM } from './lattice.ts'
import { normalTail } from './normalTail.ts'
import { seededRandom } from './seededRandom.ts'

const at = { level: 19, x0: 439000, y0: 214000 } // cells of about 65 m, near Shanghai
const cellM = rowCellM({ ...at, width: 1, height: 1 }, 0)

/** `n` incidents thrown evenly over side × side cells. */
function noise(side: number, n: number, random: () => number): CellCounts {
  const values = new Float64Array(side * side)
  for (let i = 0; i < n; i++) values[Math.floor(random() * values.length)]!++
  return { ...at, width: side, height: side, values, n, leftOut: 0 }
}

test('even noise has no hot spot, few incidents or many: over 200 seeds each, in fewer runs than α', () => {
  for (const [side, n, bandCells] of [
    [30, 100, 1.5], // one in a neighbourhood of 9: the least that is tested
    [30, 450, 2.3],
    [40, 4_000, 2.3],
    [40, 20_000, 3.2],
  ] as const) {
    let runs = 0
    for (let seed = 1; seed <= 200; seed++) {
      const found = hotSpots(noise(side, n, seededRandom(seed * 7919 + n)), bandCells * cellM)
      expect(['found', 'nothingStandsOut']).toContain(found.verdict)
      if (found.verdict === 'found') runs++
    }
    expect(runs / 200).toBeLessThan(0.05)
  }
})

test('the normal tail would call the same noise hot: that is why the third moment is taken', () => {
  let [normal, straightened] = [0, 0]
  for (let seed = 1; seed <= 100; seed++) {
    const gi = getisOrd(noise(30, 100, seededRandom(seed)), 1.5 * cellM)
    if (falseDiscoveryRates(gi.z.map(normalTail)).some(rate => rate <= 0.025)) normal++
    if (falseDiscoveryRates(getisOrdChance(gi, 'high', 1)).some(rate => rate <= 0.025)) straightened++
  }
  expect(normal).toBeGreaterThan(50)
  expect(straightened).toBeLessThan(5)
})

test('the chance of a neighbourhood is how often a shuffle of the cells reaches it', () => {
  const random = seededRandom(2)
  const field = noise(12, 90, random)
  const [cell, W, shuffles] = [5 * 12 + 5, 13, 40_000]
  const gi = getisOrd(field, 2 * cellM * 1.001)
  expect(gi.neighbours[cell]).toBe(W)
  const reached = new Map<number, number>()
  const deck = field.values.slice()
  for (let run = 0; run < shuffles; run++) {
    let sum = 0
    for (let i = 0; i < W; i++) {
      const j = i + Math.floor(random() * (deck.length - i))
      ;[deck[i], deck[j]] = [deck[j]!, deck[i]!]
      sum += deck[i]!
    }
    reached.set(sum, (reached.get(sum) ?? 0) + 1)
  }
  const high = getisOrdChance(gi, 'high', 1)
  const low = getisOrdChance(gi, 'low', 1)
  const sums = Float64Array.from(gi.z, (_, i) => sumAround(field, i, 2))
  gi.z.forEach((_, i) => {
    if (gi.neighbours[i] !== W) return
    const shareOf = (keep: (sum: number) => boolean) =>
      [...reached].reduce((total, [sum, times]) => total + (keep(sum) ? times / shuffles : 0), 0)
    // 40,000 shuffles know a share to ± 0.0075 (three standard errors at one half); a sum of 13 cells is nearly Pearson III.
    expect(Math.abs(high[i]! - shareOf(sum => sum >= sums[i]!))).toBeLessThan(0.03)
    expect(Math.abs(low[i]! - shareOf(sum => sum <= sums[i]!))).toBeLessThan(0.03)
    if (high[i]! < 0.05) expect(high[i]! / shareOf(sum => sum >= sums[i]!)).toBeGreaterThan(0.8)
  })
  const either = getisOrdChance(gi, 'either', 1)
  either.forEach((p, i) => {
    expect(p).toBe(Math.min(1, 2 * Math.min(high[i]!, low[i]!)))
  })
})

function sumAround({ values, width, height }: CellCounts, cell: number, radius: number): number {
  const [cx, cy] = [cell % width, Math.floor(cell / width)]
  let sum = 0
  for (let y = Math.max(0, cy - radius); y <= Math.min(height - 1, cy + radius); y++)
    for (let x = Math.max(0, cx - radius); x <= Math.min(width - 1, cx + radius); x++)
      if (Math.hypot(x - cx, y - cy) <= radius) sum += values[y * width + x]!
  return sum
}

test('a planted cluster is found where it is, and nowhere else', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = seededRandom(seed)
    const field = noise(40, 500, random)
    const [cx, cy] = [8 + Math.floor(random() * 24), 8 + Math.floor(random() * 24)]
    for (let i = 0; i < 40; i++)
      field.values[(cy + Math.floor(random() * 3) - 1) * 40 + cx + Math.floor(random() * 3) - 1]!++
    const found = hotSpots({ ...field, n: 540 }, 2.3 * cellM)
    if (found.verdict !== 'found') throw new Error(`seed ${seed}: ${found.verdict}`)
    expect(found.spots[cy * 40 + cx]).toBe(1)
    expect(found.cold).toBe(0)
    const [lng, lat] = positionAt(field, cx + 0.5, cy + 0.5)
    found.spots.forEach((spot, i) => {
      const [x, y] = positionAt(field, (i % 40) + 0.5, Math.floor(i / 40) + 0.5)
      // A neighbourhood of 2.3 cells that touches the 3 × 3 cells of the cluster.
      if (spot === 1) expect(distanceM({ lng, lat }, { lng: x, lat: y })).toBeLessThan(4.2 * cellM)
    })
  }
})

test('a hole in an even field is cold', () => {
  const field = noise(40, 16_000, seededRandom(4))
  const values = field.values.map((value, i) => (Math.hypot((i % 40) - 20, i / 40 - 20) < 4 ? 0 : value))
  const found = hotSpots({ ...field, values }, 2.3 * cellM)
  expect(found.verdict === 'found' && found.spots[20 * 40 + 20]).toBe(-1)
})

test('what cannot be tested says why', () => {
  const random = seededRandom(1)
  expect(hotSpots(noise(5, 100, random), 2 * cellM)).toEqual({ verdict: 'tooFewCells' })
  expect(hotSpots(noise(20, 29, random), 2 * cellM)).toEqual({ verdict: 'tooFewIncidents' })
  expect(hotSpots(noise(60, 200, random), 1.5 * cellM)).toEqual({ verdict: 'tooFewIncidents' })
  expect(hotSpots(noise(20, 400, random), 0.5 * cellM)).toEqual({ verdict: 'bandTooNarrow' })
  expect(hotSpots(noise(20, 400, random), 40 * cellM)).toEqual({ verdict: 'bandTooWide' })
  const alike = { ...noise(20, 0, random), values: new Float64Array(400).fill(2), n: 800 }
  expect(hotSpots(alike, 2 * cellM)).toEqual({ verdict: 'allAlike' })
  expect(hotSpots({ ...alike, width: 0, height: 0, values: new Float64Array(), n: 0 }, 100)).toEqual({
    verdict: 'tooFewCells',
  })
})
