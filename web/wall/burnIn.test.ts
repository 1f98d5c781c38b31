import { expect, test } from 'vitest'
import { ROOM_PX, stagePadding } from './burnIn.ts'

const steps = Array.from({ length: 10 }, (_, step) => stagePadding(step).split(' ').map(Number.parseFloat))

test('it begins in the middle and comes back to it', () => {
  expect(stagePadding(0)).toBe('1px 1px 1px 1px')
  expect(steps[9]).toEqual(steps[0])
})

test('no shift changes the size of the stage', () => {
  for (const [top = 0, right = 0, bottom = 0, left = 0] of steps)
    expect([top + bottom, left + right]).toEqual([ROOM_PX, ROOM_PX])
})

test('every step moves everything by one or two pixels', () => {
  for (const [index, step] of steps.slice(1).entries()) {
    const moved = [0, 3].map(side => Math.abs((step[side] ?? 0) - (steps[index]?.[side] ?? 0)))
    expect(Math.max(...moved)).toBeGreaterThanOrEqual(1)
    expect(Math.max(...moved)).toBeLessThanOrEqual(2)
  }
})
