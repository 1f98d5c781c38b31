import { expect, test } from 'vitest'
import {
  type DutyFact,
  type DutySpan,
  dutyFactsOf,
  dutySpansOf,
  isOnDuty,
  joinSpans,
  missingSpans,
  withFix,
} from './duty.ts'

const span = (from: number, to: number | null): DutySpan => ({ from, to })
const start = (at: number): DutyFact => ({ type: 'dutyStarted', at })
const end = (at: number): DutyFact => ({ type: 'dutyEnded', at })

test.each<[string, DutyFact[], DutySpan[]]>([
  ['none', [], []],
  ['on', [start(5)], [span(5, null)]],
  ['off again', [start(5), end(9)], [span(5, 9)]],
  ['an end without a start is nothing', [end(9)], []],
  ['a second start is nothing', [start(5), start(7), end(9)], [span(5, 9)]],
  ['told late', [end(9), start(5)], [span(5, 9)]],
  ['an end and a start at one instant go on', [start(5), end(9), start(9)], [span(5, null)]],
  ['other facts do not count', [start(5), { type: 'moved', at: 6 }], [span(5, null)]],
])('spans of facts: %s', (_, facts, spans) => {
  expect(dutySpansOf(facts)).toEqual(spans)
})

test('the start belongs to a span, the end does not', () => {
  expect([-1, 0, 2, 3].map(at => isOnDuty([span(0, 3)], at))).toEqual([false, true, true, false])
  expect(isOnDuty([span(0, null)], 1e15)).toBe(true)
})

test.each<[number[], DutySpan[]]>([
  [[], []],
  [[5], [span(5, 6)]],
  [
    [0, 10, 20, 31],
    [span(0, 21), span(31, 32)],
  ],
  [
    [31, 20, 0, 10],
    [span(0, 21), span(31, 32)],
  ],
  [[0, 20, 10], [span(0, 21)]],
  [[0, 10, 0, 5], [span(0, 11)]],
])('fixes at %j make spans parted by silences of more than 10', (times, spans) => {
  expect(times.reduce<readonly DutySpan[]>((known, at) => withFix(known, at, 10), [])).toEqual(spans)
})

test('spans that overlap or touch are one', () => {
  expect(joinSpans([span(5, 8), span(0, 3), span(3, 6), span(20, 21)])).toEqual([span(0, 8), span(20, 21)])
})

test.each<[DutySpan[], DutySpan[], DutySpan[]]>([
  [[span(0, 10)], [], [span(0, 10)]],
  [[span(0, 10)], [span(0, 10)], []],
  [[span(0, 10)], [span(-5, null)], []],
  [[span(0, 10)], [span(4, 6)], [span(0, 4), span(6, 10)]],
  [[span(0, 10)], [span(10, 30)], [span(0, 10)]],
  [[span(0, null)], [span(5, 6)], [span(0, 5), span(6, null)]],
  [[span(0, 10), span(20, 30)], [span(5, 25)], [span(0, 5), span(25, 30)]],
])('of %j, known %j, there is missing %j', (wanted, known, missing) => {
  expect(missingSpans(wanted, known)).toEqual(missing)
})

test('an imported 9 to 11 does not end the known 10 to 12', () => {
  expect(added([start(10), end(12)], [span(9, 11)])).toEqual([span(9, 12)])
})

test('what is added to any facts takes no duty away and adds none but what was wanted', () => {
  const random = seeded(7)
  const below = (most: number) => Math.floor(random() * most)
  for (let round = 0; round < 2000; round++) {
    const facts = Array.from({ length: below(6) }, () => (random() < 0.5 ? start(below(30)) : end(below(30))))
    const wanted = joinSpans(
      Array.from({ length: 1 + below(3) }, () => {
        const from = below(28)
        return span(from, from + 1 + below(6))
      }),
    )
    const known = dutySpansOf(facts)
    const spans = added(facts, wanted)
    for (let at = 0; at < 40; at++)
      expect(isOnDuty(spans, at), JSON.stringify({ facts, wanted, at })).toBe(
        isOnDuty(known, at) || isOnDuty(wanted, at),
      )
  }
})

/** As an import does: until nothing is missing, since an end that meant nothing before may end what is added. */
function added(facts: readonly DutyFact[], wanted: readonly DutySpan[]): DutySpan[] {
  let all = [...facts]
  for (let round = 0; round < 8; round++) {
    const known = dutySpansOf(all)
    all = [...all, ...missingSpans(wanted, known).flatMap(part => dutyFactsOf(part, known))]
  }
  return dutySpansOf(all)
}

/** Numbers from 0 to 1 that are the same at every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
