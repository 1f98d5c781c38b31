import { expect, test } from 'vitest'
import { notTaken } from './notTaken.ts'

const areas = new Set(['990106'])

test.each([
  [{}, null],
  [{ area: '990106', at: '2026-11-20T14:32:00+08:00' }, null],
  [{ at: '2026-11-20T14:32:00 08:00' }, null], // what a browser makes of a plus
  [{ area: 'NOPE' }, { key: 'area', value: 'NOPE' }],
  [{ at: 'yesterday' }, { key: 'at', value: 'yesterday' }],
])('of %j %j is not taken', (query, named) => {
  expect(notTaken(query, areas)).toEqual(named)
})
