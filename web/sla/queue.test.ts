import { expect, test } from 'vitest'
import { liveIncident } from './liveIncident.ts'
import { queueOrder } from './queue.ts'
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
