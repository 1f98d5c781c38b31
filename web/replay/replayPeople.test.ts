import { expect, test } from 'vitest'
import { replayPeople } from './replayPeople.ts'

const T = Date.parse('2026-03-02T10:00:00Z')
const SECOND = 1000
const worker = { id: 'w', name: '魏一', role: 'fullTime', area: null, duty: [] }
const onDuty = (since: number | null) => [{ worker, since, incident: null }]
/** Every 10 s for a minute, silent for five, then every 10 s again. */
const fixes = [
  ...Array.from({ length: 7 }, (_, i) => i * 10),
  ...Array.from({ length: 7 }, (_, i) => 360 + i * 10),
].map((seconds, i) => ({ at: T + seconds * SECOND, lng: 121 + i / 1e4, lat: 31, courseDeg: null }))
const people = (seconds: number, since: number | null = T, whole: number | null = null) =>
  replayPeople(
    onDuty(since),
    T + seconds * SECOND,
    () => fixes,
    () => whole,
  )

test('between fixes somebody is where last heard of, never in between', () => {
  expect(people(25).fixes.get('w')).toMatchObject({ at: T + 20 * SECOND, lng: fixes[2]!.lng, isSilent: false })
})

test('a phone that tells nothing is silent, and its gap is dashed once it is heard again', () => {
  expect(people(200).fixes.get('w')).toMatchObject({ at: T + 60 * SECOND, isSilent: true })
  const { trails } = people(385, T, T)
  expect(trails.get('w')!.gaps).toEqual([
    [
      [fixes[6]!.lng, 31],
      [fixes[7]!.lng, 31],
    ],
  ])
  expect(trails.get('w')!.path).toHaveLength(3)
  expect(trails.get('w')!.older).toHaveLength(1)
})

test('off duty nobody is shown, nor where they were in a spell before', () => {
  expect(people(25, null).fixes.size).toBe(0)
  expect(people(100, T + 90 * SECOND).fixes.size).toBe(0)
})
