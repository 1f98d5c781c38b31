import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { expect, test } from 'vitest'
import { canonicalJson, eventHash, personalDigest } from './eventHash.ts'

const VALUES = [
  null,
  true,
  0,
  -0,
  1e21,
  1e-7,
  4.5,
  333333333.3333333,
  'plain',
  '\u20ac$\u000F\nA\'B"\\/\u2028 积水 😀',
  [],
  {},
  [1, [undefined, { b: 1, a: undefined }]],
  { '\u20ac': 1, '\r': 2, דּ: 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7, '10': 8, '2': 9 },
  { b: { d: [3, { f: null, e: 'x' }], c: false }, a: undefined },
]

test.for(VALUES)('JSON is canonical as the library says: %j', value => {
  expect(canonicalJson(value)).toBe(canonicalize(value))
})

test.for([Number.NaN, Number.POSITIVE_INFINITY, 'half \ud83d', { '\udc00': 1 }])('%j has no canonical JSON', value => {
  expect(() => canonicalJson(value)).toThrow()
})

test('the hash covers the previous hash and every other column', () => {
  const columns = {
    position: 3,
    stream: 'incident:积水"1' as const,
    version: 2,
    eventId: 'e-3',
    type: 'reported',
    schemaVersion: 1,
    data: { b: [1.5], a: '文' },
    actor: null,
    commandId: 'c',
    at: 1_772_416_800_000,
    recordedAt: 1_772_416_800_001,
  }
  const previousHash = 'ab'.repeat(32)
  const expected = createHash('sha256')
    .update(`${previousHash}${canonicalize(columns)}`)
    .digest('hex')
  expect(eventHash({ ...columns, previousHash }, canonicalJson(columns.data))).toBe(expected)
})

test('a digest is the SHA-256 of salt and value', () => {
  expect(personalDigest('salt', 'value')).toBe(createHash('sha256').update('saltvalue').digest('hex'))
})
