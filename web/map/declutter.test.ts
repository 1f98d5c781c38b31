import { expect, test } from 'vitest'
import { declutter, type Mark } from './declutter.ts'

const pin = (id: string, x: number, y: number): Mark => ({
  id,
  x,
  y,
  left: 18,
  right: 18,
  top: 18,
  bottom: 18,
  round: true,
})
const block = (id: string, x: number, y: number): Mark => ({ ...pin(id, x, y), right: 90, round: false })

test('marks that do not touch stay where they are, without a leader', () => {
  expect(declutter([pin('a', 0, 0), pin('b', 40, 0)], 3)).toEqual([
    { id: 'a', x: 0, y: 0, moved: false },
    { id: 'b', x: 40, y: 0, moved: false },
  ])
})

test('a crowd at one address ends with a diameter between any two, each with a leader', () => {
  const spread = declutter(
    Array.from({ length: 7 }, (_, i) => pin(`i${i}`, 100, 100)),
    3,
  )
  for (const [i, a] of spread.entries()) {
    for (const b of spread.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(35)
  }
  expect(spread.filter(spot => spot.moved).length).toBeGreaterThan(5)
})

test('a block with its time covers no neighbour', () => {
  const marks = [block('a', 0, 0), pin('b', 60, 5), block('c', 30, -10)]
  const spread = declutter(marks, 3)
  for (const [i, p] of spread.entries()) {
    for (const [j, q] of spread.entries()) {
      const [a, b] = [marks[i]!, marks[j]!]
      if (j <= i) continue
      const x = Math.min(p.x + a.right, q.x + b.right) - Math.max(p.x - a.left, q.x - b.left)
      const y = Math.min(p.y + a.bottom, q.y + b.bottom) - Math.max(p.y - a.top, q.y - b.top)
      expect(Math.min(x, y)).toBeLessThan(1)
    }
  }
})

test('the picture is the same wherever it is panned, and every time', () => {
  const at = (dx: number, dy: number) => [
    pin('a', dx, dy),
    pin('b', dx + 3, dy),
    pin('c', dx, dy),
    block('d', dx - 9, dy + 4),
  ]
  const here = declutter(at(0, 0), 3)
  expect(declutter(at(0, 0), 3)).toEqual(here)
  const there = declutter(at(640, -80), 3)
  for (const [i, spot] of there.entries()) {
    expect(spot.x - 640).toBeCloseTo(here[i]!.x, 6)
    expect(spot.y + 80).toBeCloseTo(here[i]!.y, 6)
  }
})
