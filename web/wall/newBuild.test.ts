import { expect, test } from 'vitest'
import { isReloadDue, type Standing } from './newBuild.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const quiet: Standing = {
  own: 'a',
  served: 'b',
  isChunkMissing: false,
  pageAgeMs: 10 * MINUTE,
  idleMs: 2 * MINUTE,
  urgent: 0,
  waitedMs: 0,
}

test.each<[string, Partial<Standing>, boolean]>([
  ['a newer build and a quiet moment', {}, true],
  ['the same build', { served: 'a' }, false],
  ['a server that does not answer', { served: null }, false],
  ['a server that does not answer, and a part that is missing', { served: null, isChunkMissing: true }, false],
  ['a page that does not know its build', { own: null }, false],
  ['somebody touched it', { idleMs: 2 * MINUTE - 1 }, false],
  ['something is at risk or breached', { urgent: 1 }, false],
  ['something always is', { urgent: 1, waitedMs: 24 * HOUR }, true],
  ['something always is, and somebody is at the wall', { urgent: 1, waitedMs: 24 * HOUR, idleMs: 0 }, false],
  ['a part of an older build is missing', { isChunkMissing: true }, true],
  ['a part of the same build is missing', { served: 'a', isChunkMissing: true }, false],
  ['a part of the same build is missing for an hour', { served: 'a', isChunkMissing: true, pageAgeMs: HOUR }, true],
])('%s', (_, standing, expected) => {
  expect(isReloadDue({ ...quiet, ...standing })).toBe(expected)
})
