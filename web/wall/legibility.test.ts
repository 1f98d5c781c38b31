import { expect, test } from 'vitest'
import { legible, mmPerUnit, TYPE_TOKENS, wallK } from './legibility.ts'
import { readProfile } from './profile.ts'

const PITCH = 1.25 // a wall of 1.35 m

test('on the reference wall every token can be read from where it is meant to be', () => {
  const round = (n: number) => Number(n.toFixed(1))
  const figures = TYPE_TOKENS.map(({ name, units, tierM }) => {
    const { latin, cjk, isShort } = legible(units * PITCH, tierM)
    return [name, round(latin), round(cjk), isShort]
  })
  expect(figures).toEqual([
    ['fs-display', 10.6, 17.8, false],
    ['fs-h1', 10.9, 18.4, false],
    ['fs-h2', 11.3, 19, false],
    ['fs-body', 10.3, 17.4, false],
    ['fs-sub', 10.6, 17.8, false],
    ['fs-note', 12.5, 21.1, false],
    ['fs-min', 10.9, 18.4, false],
  ])
})

test('from further away it falls short, and says from how far it could be read', () => {
  const { isShort, reachM } = legible(14 * PITCH, 5)
  expect(isShort).toBe(true)
  expect(legible(14 * PITCH, reachM - 0.001).isShort).toBe(false)
  expect(legible(14 * PITCH, reachM + 0.001).isShort).toBe(true)
})

test('twice the lines at half the pitch are the same wall', () => {
  expect(mmPerUnit(PITCH / 2, 2160)).toBe(mmPerUnit(PITCH, 1080))
})

test.each([
  [{}, 1],
  [{ distanceM: '5' }, 1],
  [{ distanceM: '5', pitchMm: '1.25' }, 1],
  [{ distanceM: '5', pitchMm: '1' }, 1.25],
  [{ distanceM: '5', pitchMm: '0.9' }, 1.5],
  [{ distanceM: '50', pitchMm: '0.9' }, 1.5],
  [{ distanceM: '5', pitchMm: '1', k: '1' }, 1],
  [{ k: '1.25' }, 1.25],
  [{ k: '0.8' }, 0.8],
  [{ k: '0.1' }, 0.75],
  [{ k: '7' }, 1.5],
  [{ k: 'large' }, 1],
])('the wall of %j is drawn %d times as large', (query, k) => {
  expect(wallK(readProfile(query), 1080)).toBe(k)
})

test('a profile is JSON, and parts by name win over it', () => {
  const profile = JSON.stringify({ distanceM: 8, pitchMm: 1.5, seams: [0.5, 2, 'x'] })
  expect(readProfile({ profile })).toEqual({ distanceM: 8, pitchMm: 1.5, k: null, seams: [0.5] })
  expect(readProfile({ profile, distanceM: '3' }).distanceM).toBe(3)
})

test.each(['', '{', '5', 'null', '{"distanceM":-1,"pitchMm":"wide"}'])('a profile of %j is none', profile => {
  expect(readProfile({ profile })).toEqual({ distanceM: null, pitchMm: null, k: null, seams: [1 / 3, 2 / 3] })
})
