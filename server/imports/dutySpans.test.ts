import { expect, test } from 'vitest'
import { addToSpans, isInside, joinedSpans, missingSpans, type Span } from './dutySpans.ts'

const span = (from: number, to: number): Span => ({ from, to })

test.each<[number[], Span[]]>([
  [[], []],
  [[5], [span(5, 5)]],
  [
    [0, 10, 20, 31],
    [span(0, 20), span(31, 31)],
  ],
  [
    [31, 20, 0, 10],
    [span(0, 20), span(31, 31)],
  ],
  [[0, 20, 10], [span(0, 20)]],
])('fixes at %j make spans parted by silences of more than 10', (times, spans) => {
  expect(times.reduce<readonly Span[]>((known, at) => addToSpans(known, at, 10), [])).toEqual(spans)
})

test.each<[Span[], Span[], Span[]]>([
  [[span(0, 10)], [], [span(0, 10)]],
  [[span(0, 10)], [span(0, 10)], []],
  [[span(0, 10)], [span(-5, 20)], []],
  [[span(0, 10)], [span(4, 6)], [span(0, 3), span(7, 10)]],
  [[span(0, 10)], [span(20, 30)], [span(0, 10)]],
  [[span(0, 10), span(20, 30)], [span(5, 25)], [span(0, 4), span(26, 30)]],
])('of %j, known %j, there is missing %j', (wanted, known, missing) => {
  expect(missingSpans(wanted, known)).toEqual(missing)
})

test('spans that overlap or touch are one', () => {
  expect(joinedSpans([span(5, 8), span(0, 3), span(4, 6), span(20, 21)])).toEqual([span(0, 8), span(20, 21)])
})

test('both ends belong to a span', () => {
  expect([-1, 0, 3, 4].map(at => isInside([span(0, 3)], at))).toEqual([false, true, true, false])
})
