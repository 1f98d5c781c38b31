import { expect, test } from 'vitest'
import { readPairing, spelledCode } from './pairing.ts'

test('an answer of /pair is a code and its end, anything else is none', () => {
  expect(readPairing({ code: 'AB12CD', expiresAt: '2026-11-20T04:00:00Z' })).toEqual({
    code: 'AB12CD',
    expiresAt: Date.UTC(2026, 10, 20, 4),
  })
  for (const answer of [
    null,
    'x',
    {},
    { code: 1, expiresAt: '2026-11-20T04:00:00Z' },
    { code: 'A', expiresAt: 'soon' },
  ])
    expect(readPairing(answer)).toBeNull()
})

test('a code is spelled in two halves, unless it already has its own', () => {
  expect(spelledCode('ABCD2345')).toBe('ABCD 2345')
  expect(spelledCode('ABC-234')).toBe('ABC-234')
})
