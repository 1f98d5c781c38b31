import { expect, test } from 'vitest'
import { dutyRows } from './dutyRows.ts'

const facts = (...told: [string, number][]) => told.map(([type, at], i) => ({ type, at, position: i + 1 }))

test.for([
  { name: 'nothing told', told: [], spans: [], state: null },
  { name: 'on duty', told: [['dutyStarted', 5]], spans: [[5, null]], state: [true, 5] },
  {
    name: 'off again',
    told: [
      ['dutyStarted', 5],
      ['dutyEnded', 9],
    ],
    spans: [[5, 9]],
    state: [false, 9],
  },
  { name: 'an end without a start', told: [['dutyEnded', 9]], spans: [], state: [false, 9] },
  {
    name: 'a second start is nothing',
    told: [
      ['dutyStarted', 5],
      ['dutyStarted', 7],
    ],
    spans: [[5, null]],
    state: [true, 5],
  },
  {
    name: 'told late',
    told: [
      ['dutyEnded', 9],
      ['dutyStarted', 5],
    ],
    spans: [[5, 9]],
    state: [false, 9],
  },
  {
    name: 'an end and a start at one instant go on',
    told: [
      ['dutyStarted', 5],
      ['dutyEnded', 9],
      ['dutyStarted', 9],
    ],
    spans: [[5, null]],
    state: [true, 5],
  },
  { name: 'other facts do not count', told: [['moved', 5]], spans: [], state: null },
] as const)('$name', ({ told, spans, state }) => {
  const rows = dutyRows('w1', facts(...(told as unknown as [string, number][])))
  expect(rows.spans.map(({ fromAt, toAt }) => [fromAt, toAt])).toEqual(spans)
  expect(rows.state && [rows.state.onDuty, rows.state.since]).toEqual(state)
})
