import { expect, test } from 'vitest'
import type { DeviceRow } from '../store/eventStore.ts'
import { handOver, holderAt } from './deviceHolder.ts'

const row = (worker: string, validFrom: number, validTo: number | null = null, key = 'phone'): DeviceRow => ({
  ...{ key, worker, validFrom, validTo },
})

test.each<[string, DeviceRow[], DeviceRow[]]>([
  ['a new telephone', [], [row('w1', 50)]],
  ['what they have already', [row('w1', 10)], []],
  ['another’s telephone', [row('w2', 10)], [row('w2', 10, 50), row('w1', 50)]],
  ['one that came back', [row('w1', 10, 20), row('w2', 20)], [row('w2', 20, 50), row('w1', 50)]],
  ['one that lay in the cupboard', [row('w2', 10, 20)], [row('w1', 50)]],
  ['not the telephone of another name', [row('w2', 10, null, 'other')], [row('w1', 50)]],
])('handing over %s', (_, devices, expected) => {
  expect(handOver(devices, 'phone', 'w1', 50)).toEqual(expected)
})

test.each([
  [9, null],
  [10, 'w1'],
  [19, 'w1'],
  [20, 'w2'],
  [30, null],
])('at %i a fix belongs to the worker who had the device then', (at, worker) => {
  expect(holderAt([row('w1', 10, 20), row('w2', 20, 30), row('w3', 0, null, 'other')], 'phone', at)).toBe(worker)
})

test('of rows that overlap the one that began last counts', () => {
  expect(holderAt([row('w2', 20), row('w1', 10)], 'phone', 25)).toBe('w2')
})
