import { expect, test } from 'vitest'
import { encodeFixes } from '#domain/replay/fixCodec.ts'
import { fixChunks } from './fixChunks.ts'

const MINUTE = 60_000
const T = Date.parse('2026-03-02T10:00:00Z')
/** Somebody who tells every minute from ten o'clock on; of a stretch the server adds the last fix before it. */
const told = (from: number, to: number) =>
  encodeFixes([
    {
      worker: 'w',
      fixes: Array.from({ length: 120 }, (_, i) => ({
        at: T + i * MINUTE,
        lng: 121 + i / 1e3,
        lat: 31,
        courseDeg: null,
      })).filter(
        (fix, i, all) => fix.at <= to && (fix.at >= from || (all[i + 1]?.at ?? Number.POSITIVE_INFINITY) > from),
      ),
    },
  ])

test('stretches are asked for once, and joined without telling a fix twice', async () => {
  const asked: string[] = []
  const chunks = fixChunks(
    async (from, to) => {
      asked.push(`${(from - T) / MINUTE}…${Math.round((to - T) / MINUTE)}`)
      return told(from, to)
    },
    () => T + 600 * MINUTE,
  )
  const at = T + 40 * MINUTE
  expect(chunks.has(at)).toBe(false)
  await chunks.load(at)
  await chunks.load(at + MINUTE)
  expect(asked).toEqual(['15…30', '30…45'])
  expect(chunks.has(at)).toBe(true)
  const instants = chunks.fixesOf(at, 'w').map(fix => (fix.at - T) / MINUTE)
  expect(instants).toEqual(Array.from({ length: 30 }, (_, i) => 15 + i))
})

test('what was fetched before its end is fetched again when more has happened', async () => {
  let now = T + 32 * MINUTE
  let asked = 0
  const chunks = fixChunks(
    async (from, to) => {
      asked++
      return told(from, to)
    },
    () => now,
  )
  await chunks.load(T + 31 * MINUTE)
  expect(chunks.has(T + 31 * MINUTE)).toBe(true)
  expect(chunks.has(T + 35 * MINUTE)).toBe(false)
  now = T + 36 * MINUTE
  await chunks.load(T + 35 * MINUTE)
  expect(chunks.has(T + 35 * MINUTE)).toBe(true)
  expect(asked).toBe(3)
})

test('ahead of any question the nearest stretch comes first, until the day is here; a failure is asked for again', async () => {
  const asked: number[] = []
  let isDown = false
  let now = T + 100 * MINUTE
  const chunks = fixChunks(
    async (from, to) => {
      if (isDown) throw new Error('down')
      asked.push((from - T) / MINUTE)
      return told(from, to)
    },
    () => now++,
  )
  const next = () => chunks.bringNearest(T + 40 * MINUTE, T, T + 24 * 60 * MINUTE)
  await Promise.all([next(), next()])
  expect(asked).toEqual([45])
  isDown = true
  await expect(next()).rejects.toThrow('down')
  isDown = false
  while (await next()) expect(asked.length).toBeLessThan(20)
  expect(asked).toEqual([45, 30, 60, 15, 75, 0, 90])
  expect(chunks.has(T + 50 * MINUTE)).toBe(true)
})
