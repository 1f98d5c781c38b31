import { expect, test } from 'vitest'
import { emptied, gridIn, takeGrid } from './grid.ts'

const SMALL = 1_000
const LARGE = 1_000_000

test('what lay in a grid is told once, and the grid is taken again', () => {
  const [first, second] = [takeGrid(SMALL), takeGrid(SMALL)]
  put(first, 7, 2)
  put(first, 999, 1)
  put(second, 7, 3)
  expect(emptied([first, second], SMALL)).toEqual({ cells: Uint32Array.of(7, 999), counts: Uint32Array.of(5, 1) })
  const again = [takeGrid(SMALL), takeGrid(SMALL)]
  for (const grid of again) expect([first, second]).toContain(grid)
  expect(emptied(again, SMALL)).toEqual({ cells: Uint32Array.of(), counts: Uint32Array.of() })
})

test('a grid that was too small for a later window is not kept beside the larger one', () => {
  const small = takeGrid(SMALL)
  emptied([small], SMALL)
  const large = [takeGrid(LARGE), takeGrid(LARGE)]
  emptied(large, LARGE)
  for (const grid of [takeGrid(SMALL), takeGrid(SMALL)]) expect(large).toContain(grid)
  expect(takeGrid(SMALL)).not.toBe(small)
})

function put(buffer: SharedArrayBuffer, cell: number, n: number): void {
  const { counts, isTaken } = gridIn(buffer, SMALL)
  counts[cell] = n
  isTaken[cell >> 5] = (isTaken[cell >> 5] ?? 0) | (1 << (cell & 31))
}
