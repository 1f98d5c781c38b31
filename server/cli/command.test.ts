import { expect, test } from 'vitest'
import { instant, UsageError } from './command.ts'

test.each([
  ['2026-03-02T10:00:00+08:00', Date.UTC(2026, 2, 2, 2)],
  ['2026-03-02T02:00Z', Date.UTC(2026, 2, 2, 2)],
])('%s is an instant', (text, at) => {
  expect(instant({ from: text }, 'from')).toBe(at)
})

test.each(['2026-02-30T10:00:00Z', '2026-03-02T10:00:00', '2026-03-02', '2026-03-02T25:00:00Z', 'now Z'])(
  '%s is none',
  text => {
    expect(() => instant({ from: text }, 'from')).toThrow(UsageError)
  },
)
