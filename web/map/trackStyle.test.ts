import { expect, test } from 'vitest'
import { palettes } from './palette.ts'
import { raisedStyle, trackStyle } from './trackStyle.ts'

const look = { palette: palettes.dark, unitPx: 1, ways: 100, isDimmed: false }
const opacity = (more: Partial<typeof look>) =>
  trackStyle('tracks', { ...look, ...more })[0]?.paint as { 'line-opacity': number }

test('silence is dashed and a jump dotted, on every map the same', () => {
  for (const layers of [trackStyle('t', look), raisedStyle('t', look)]) {
    const dashed = layers.filter(({ paint }) => 'line-dasharray' in (paint ?? {})).map(({ id }) => id)
    expect(dashed).toEqual(['t-gap', 't-jump'])
  }
})

test('the more ways there are, the fainter is each; all of them step back behind one person’s', () => {
  expect(opacity({ ways: 2000 })['line-opacity']).toBeLessThan(opacity({ ways: 800 })['line-opacity'])
  expect(opacity({ isDimmed: true })['line-opacity']).toBeLessThan(opacity({})['line-opacity'])
})
