import { expect, test } from 'vitest'
import { seededRandom } from './seededRandom.ts'
import { type PublishedCount, suppressSmall } from './suppression.ts'
import type { PartCount } from './suppressionTable.ts'

const flat = (...parts: number[]): PartCount[] => [
  { code: 'all', parent: null, n: parts.reduce((a, b) => a + b, 0) },
  ...parts.map((n, i) => ({ code: `${i}`, parent: 'all', n })),
]
const published = (counts: readonly PartCount[], k = 5) => suppressSmall(counts, k).map(({ n }) => n)

/**
 * Somebody who sums and subtracts: every total is its parts and what lies in none of them, hidden numbers are at least 1, and the
 * bounds of each are drawn in by the others until nothing moves. Knows (as insiders may) whether a total has a rest.
 */
function attacked(counts: readonly PartCount[], seen: readonly PublishedCount[]): Map<string, [number, number]> {
  const bounds = new Map(
    seen.map(({ code, n }): [string, [number, number]] => [code, n === null ? [1, Infinity] : [n, n]]),
  )
  const sums = new Map<string, string[]>()
  for (const { code, parent } of counts) if (parent !== null) sums.set(parent, [...(sums.get(parent) ?? []), code])
  for (const [total, parts] of sums) {
    const rest = parts.reduce(
      (left, part) => left - counts.find(c => c.code === part)!.n,
      counts.find(c => c.code === total)!.n,
    )
    if (rest === 0) continue
    bounds.set(`rest of ${total}`, [1, Infinity])
    parts.push(`rest of ${total}`)
  }
  for (let moved = true; moved; ) {
    moved = false
    const draw = (code: string, low: number, high: number) => {
      const bound = bounds.get(code)!
      if (low > bound[0]) [bound[0], moved] = [low, true]
      if (high < bound[1]) [bound[1], moved] = [high, true]
    }
    const total = (codes: string[], end: 0 | 1) => codes.reduce((sum, code) => sum + bounds.get(code)![end], 0)
    for (const [whole, parts] of sums) {
      draw(whole, total(parts, 0), total(parts, 1))
      for (const part of parts) {
        const others = parts.filter(other => other !== part)
        draw(part, bounds.get(whole)![0] - total(others, 1), bounds.get(whole)![1] - total(others, 0))
      }
    }
  }
  return bounds
}

function randomTree(random: () => number): PartCount[] {
  const counts: { code: string; parent: string | null; n: number }[] = []
  const grow = (code: string, parent: string | null, depth: number): number => {
    const own = { code, parent, n: 0 }
    counts.push(own)
    const busy = 10 ** (random() * 2.2)
    if (depth === 0) own.n = random() < 0.3 ? 0 : Math.floor(random() * busy)
    else {
      for (let i = 0; i < 1 + Math.floor(random() * 5); i++) own.n += grow(`${code}.${i}`, code, depth - 1)
      if (random() < 0.3) own.n += Math.floor(random() * 7)
    }
    return own.n
  }
  grow('r', null, 1 + Math.floor(random() * 4))
  return counts
}

test('a lone small part takes the next smallest with it, and the total stays', () => {
  expect(published(flat(3, 20, 9, 40))).toEqual([72, null, 20, null, 40])
  expect(published(flat(2, 3, 9, 40))).toEqual([54, null, null, 9, 40])
})

test('zeros are published and protect nobody', () => {
  expect(published(flat(0, 0, 3, 9))).toEqual([12, 0, 0, null, null])
  expect(published(flat(0, 0, 9))).toEqual([9, 0, 0, 9])
})

test('small parts that sum to little take another with them', () => {
  expect(published(flat(1, 2, 9, 40))).toEqual([52, null, null, null, 40])
  expect(published(flat(1, 1, 1, 1, 1))).toEqual([null, null, null, null, null, null])
})

test('a hidden total is not its published parts, above and below', () => {
  const counts = [
    { code: 'street', parent: null, n: 60 },
    { code: 'a', parent: 'street', n: 4 },
    { code: 'b', parent: 'street', n: 16 },
    { code: 'c', parent: 'street', n: 40 },
    { code: 'b1', parent: 'b', n: 7 },
    { code: 'b2', parent: 'b', n: 9 },
  ]
  expect(published(counts)).toEqual([60, null, null, 40, null, 9])
})

test('what lies in none of the parts is protected as they are', () => {
  const counts = [
    { code: 'all', parent: null, n: 103 },
    { code: 'a', parent: 'all', n: 60 },
    { code: 'b', parent: 'all', n: 41 },
  ]
  expect(published(counts)).toEqual([103, 60, null])
})

test('whoever propagates intervals over the published sums is left with as many values as the rule itself leaves', () => {
  const random = seededRandom(17)
  let hidden = 0
  for (let run = 0; run < 400; run++) {
    const counts = randomTree(random)
    const k = 2 + Math.floor(random() * 9)
    const seen = suppressSmall(counts, k)
    const bounds = attacked(counts, seen)
    counts.forEach(({ code, n }, i) => {
      expect([null, n]).toContain(seen[i]!.n)
      if (n > 0 && n < k) expect(seen[i]!.n).toBeNull()
      if (n === 0) expect(seen[i]!.n).toBe(0)
      if (seen[i]!.n !== null) return
      hidden++
      const [low, high] = bounds.get(code)!
      expect(low <= n && n <= high).toBe(true)
      expect(high - low + 1).toBeGreaterThanOrEqual(Math.max(2, k - 1))
    })
    // The rest of a total that is small is not what the published parts leave either.
    for (const [code, [low, high]] of bounds)
      if (code.startsWith('rest') && high < k) expect(high - low + 1).toBeGreaterThanOrEqual(Math.max(2, k - 1))
  }
  expect(hidden).toBeGreaterThan(2_000)
})

test('a published total has no hidden part or several, which sum to k or more', () => {
  const random = seededRandom(23)
  for (let run = 0; run < 200; run++) {
    const counts = randomTree(random)
    const seen = suppressSmall(counts, 5)
    counts.forEach(({ code, n }, i) => {
      const parts = counts.filter(part => part.parent === code)
      const hiddenParts = parts.filter(part => seen[counts.indexOf(part)]!.n === null)
      const rest = parts.reduce((left, part) => left - part.n, n)
      if (seen[i]!.n === null || hiddenParts.length === 0) return
      expect(hiddenParts.length + Number(rest > 0)).toBeGreaterThanOrEqual(2)
      expect(hiddenParts.reduce((sum, part) => sum + part.n, rest)).toBeGreaterThanOrEqual(5)
    })
  }
})

test('the same counts hide the same cells, and k = 1 hides nothing', () => {
  const counts = randomTree(seededRandom(5))
  expect(suppressSmall(counts, 5)).toEqual(suppressSmall(counts, 5))
  expect(suppressSmall(counts, 1).map(({ n }) => n)).toEqual(counts.map(({ n }) => n))
})

test('counts that are no tree are refused by name', () => {
  expect(() => published([{ code: 'a', parent: 'x', n: 1 }])).toThrow(/a: its total x is not among/)
  expect(() =>
    published([
      { code: 'a', parent: null, n: 1 },
      { code: 'b', parent: 'a', n: 2 },
    ]),
  ).toThrow(/a: its parts hold 2/)
  expect(() => published([{ code: 'a', parent: null, n: 1.5 }])).toThrow(/a: 1.5 is no count/)
  expect(() =>
    published([
      { code: 'a', parent: 'b', n: 1 },
      { code: 'b', parent: 'a', n: 1 },
    ]),
  ).toThrow(/in a circle/)
  expect(() =>
    published([
      { code: 'a', parent: null, n: 1 },
      { code: 'a', parent: null, n: 1 },
    ]),
  ).toThrow(/stands twice/)
  expect(() => published(flat(1), 0)).toThrow(/k is a whole number/)
})
