import { expect, test } from 'vitest'
import { liveIncident } from './liveIncident.ts'
import { queueOrder, queueRows, titleBeside } from './queue.ts'
import { clockOf, incidentOf, liveOf, NOON } from './sample.ts'

test('breached by overtime, then unknown, then running by deadline, then paused, then what no clock drives', () => {
  const unknown = liveIncident(incidentOf('unknown', clockOf('respond', 300, 299)), NOON + 5000, false)
  const items = [
    liveOf('no clock', null),
    liveOf('paused', clockOf('resolve', 900, 880, { state: 'PAUSED', deadline: null })),
    liveOf('later', clockOf('resolve', 900, 100)),
    liveOf('sooner', clockOf('discover', 60, 20)),
    liveOf('a little over', clockOf('respond', 300, 310)),
    unknown,
    liveOf('far over', clockOf('resolve', 900, 1200)),
  ]
  expect(queueOrder(items).map(item => item.incident.id)).toEqual([
    'far over',
    'a little over',
    'unknown',
    'sooner',
    'later',
    'paused',
    'no clock',
  ])
})

test('a queue shows as many rows as its height holds: more, and closer, where it is as high as the wall', () => {
  expect(queueRows(26.6, false).rows).toBe(7) // above the panels of a 16:9 wall
  expect(queueRows(60.5, false).rows).toBe(20) // a column of its own
  expect(queueRows(60.5, true).rows).toBe(18) // the third screen
  expect(queueRows(77, false).rows).toBeGreaterThan(queueRows(60.5, false).rows)
})

test('its rows fill it', () => {
  const { rows, rowRem } = queueRows(26.6, false)
  expect(rows * rowRem).toBeCloseTo(24, 10)
})

test('no queue is so low that it shows nothing', () => {
  expect(queueRows(0, false).rows).toBe(3)
})

test.each([
  ['Medical Incident · 5TH ST/MARKET ST', 'Medical Incident', '5TH ST/MARKET ST'],
  ['消防隐患：楼道堆物', '消防隐患', '楼道堆物'],
  ['Medical Incident', 'Medical Incident', 'Medical Incident'],
  ['Alarms ringing at 5TH ST', 'Alarm', 'Alarms ringing at 5TH ST'],
  ['楼道堆物', '消防隐患', '楼道堆物'],
  ['楼道堆物', '', '楼道堆物'],
])('%j beside the seal of %j reads %j', (title, category, read) => {
  expect(titleBeside(title, category)).toBe(read)
})
