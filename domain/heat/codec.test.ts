import { expect, test } from 'vitest'
import { decodeHeat, encodeHeat } from './codec.ts'
import { countsGrid } from './counts.ts'
import { scatteredPlaces } from './scatteredPlaces.ts'

const message = {
  counts: {
    level: 22,
    x0: 3511740,
    y0: 1709800,
    width: 100,
    height: 80,
    cells: Uint32Array.of(0, 1, 250, 7999),
    counts: Uint32Array.of(1, 2, 300, 1),
    n: 304,
  },
  fromMs: 1_767_225_600_000,
  toMs: 1_767_240_000_000,
  head: 123_456,
}
// The worked example of docs/heat.md.
const written = `47574831 16000000 bc953500 e8161a00 64000000 50000000 000080aa 6db77942 00002066 7bb77942
  00000000 00007340 00000000 0024fe40 04000000 00010002 f801ac02 c43c01`

test('the bytes are those of the worked example', () => {
  expect(Buffer.from(encodeHeat(message)).toString('hex')).toBe(written.replaceAll(/\s/g, ''))
})

test('what is encoded decodes to the same', () => {
  expect(decodeHeat(encodeHeat(message))).toEqual(message)
  const places = scatteredPlaces(5_000, [121.4, 31.2, 121.43, 31.23])
  const counts = countsGrid(places, [121.4, 31.2, 121.43, 31.23], 22)
  const bytes = encodeHeat({ ...message, counts })
  expect(decodeHeat(bytes).counts).toEqual(counts)
  expect(bytes.length / counts.cells.length).toBeLessThan(2.1)
})

test('an empty window is a header alone', () => {
  const empty = { ...message, counts: countsGrid([], [121.4, 31.2, 121.43, 31.23], 22) }
  expect(encodeHeat(empty).length).toBe(60)
  expect(decodeHeat(encodeHeat(empty))).toEqual(empty)
})

test('bytes that are cut, foreign or contradict themselves are refused with the reason', () => {
  const bytes = encodeHeat(message)
  for (let length = 0; length < bytes.length; length++)
    expect(() => decodeHeat(bytes.slice(0, length))).toThrow(/^heat: /)
  expect(() => decodeHeat(Uint8Array.of(...bytes, 0))).toThrow(/1 bytes follow/)
  expect(() => decodeHeat(bytes.with(0, 65))).toThrow(/does not begin with GWH1/)
  expect(() => decodeHeat(bytes.with(bytes.length - 1, 2))).toThrow(/the cells hold 305, the header says 304/)
  expect(() => decodeHeat(bytes.with(16, 1))).toThrow(/lies outside 1 × 80/)
})
