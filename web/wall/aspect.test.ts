import { expect, test } from 'vitest'
import { aspectOf } from './aspect.ts'

test.each([
  [1920, 1080, 'single'],
  [3840, 2160, 'single'],
  [2560, 1080, 'wide'],
  [3840, 1080, 'double'],
  [7680, 2160, 'double'],
  [5760, 1080, 'triple'],
  [1080, 1920, 'single'],
])('%d×%d is %s', (width, height, aspect) => {
  expect(aspectOf(width / height)).toBe(aspect)
})
