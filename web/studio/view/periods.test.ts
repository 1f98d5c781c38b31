import { expect, test } from 'vitest'
import { instantOfLocal, livedPart, localText, PRESETS, periodBefore, presetPeriod } from './periods.ts'

const at = (text: string) => Date.parse(text)
const NOW = at('2026-11-22T14:32:08+08:00')

test.each([
  ['today', '2026-11-22', '2026-11-23'],
  ['days7', '2026-11-16', '2026-11-23'],
  ['days30', '2026-10-24', '2026-11-23'],
  ['month', '2026-11-01', '2026-11-23'],
] as const)('%s runs from %s to the end of today', (preset, from, to) => {
  expect(presetPeriod(preset, NOW, 'Asia/Shanghai')).toEqual({
    from: at(`${from}T00:00+08:00`),
    to: at(`${to}T00:00+08:00`),
  })
})

test('a day may have 23 hours: the presets begin at midnight all the same', () => {
  const now = at('2026-03-12T12:00:00-04:00') // New York changed its clocks on the 8th
  for (const preset of PRESETS) {
    const { from } = presetPeriod(preset, now, 'America/New_York')
    expect(localText(from, 'America/New_York')).toMatch(/T00:00$/)
  }
})

test('a period that is not over counts up to now; one that is, or has not begun, counts whole', () => {
  const today = presetPeriod('today', NOW, 'Asia/Shanghai')
  expect(livedPart(today, NOW)).toEqual({ from: today.from, to: NOW })
  expect(livedPart(periodBefore(today), NOW)).toEqual(periodBefore(today))
  expect(livedPart(today, today.from - 1)).toEqual(today)
})

test('local texts come back as the instants they were, and what is none is refused', () => {
  expect(instantOfLocal(localText(NOW, 'Asia/Shanghai'), 'Asia/Shanghai')).toBe(at('2026-11-22T14:32+08:00'))
  expect(instantOfLocal('2026-11-22', 'Asia/Shanghai')).toBe(at('2026-11-22T00:00+08:00'))
  for (const text of ['', '22.11.2026', '2026-02-30', '2026-11-22T25:00', '2026-11-22 10:00'])
    expect(instantOfLocal(text, 'Asia/Shanghai')).toBeNull()
})
