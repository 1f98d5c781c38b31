import { expect, test } from 'vitest'
import { liveIncidents, pauseReason } from './liveIncident.ts'
import { clockOf, incidentOf, liveOf, NOON } from './sample.ts'

test('only open incidents are live', () => {
  const all = [
    incidentOf('a', null),
    incidentOf('b', null, { status: 'RESOLVED' }),
    incidentOf('c', null, { status: 'SIGNALLED' }),
  ]
  expect(liveIncidents(all, NOON, true).map(item => item.incident.id)).toEqual(['a', 'c'])
})

test('the leading clock gives the state', () => {
  expect(liveOf('a', clockOf('respond', 300, 10)).state).toBe('normal')
  expect(liveOf('a', clockOf('respond', 300, 250)).state).toBe('atRisk')
  expect(liveOf('a', clockOf('respond', 300, 310)).state).toBe('breached')
  expect(liveOf('a', clockOf('resolve', 900, 10, { state: 'PAUSED', deadline: null })).state).toBe('paused')
  expect(liveOf('a', null)).toMatchObject({ state: 'normal', clock: null })
})

test('an alarm is unacknowledged until the next milestone of its incident', () => {
  const late = clockOf('resolve', 900, 960)
  expect(liveOf('a', late).isUnacknowledged).toBe(true)
  expect(liveOf('a', late, { facts: [{ type: 'accepted', at: NOON - 70_000, reason: null }] }).isUnacknowledged).toBe(
    true,
  )
  expect(liveOf('a', late, { facts: [{ type: 'arrived', at: NOON - 10_000, reason: null }] }).isUnacknowledged).toBe(
    false,
  )
  expect(liveOf('a', clockOf('resolve', 900, 10)).isUnacknowledged).toBe(false)
  expect(liveOf('a', clockOf('discover', 60, 1), { status: 'SIGNALLED' }).isUnacknowledged).toBe(true)
})

test('the reason of the last pause is the one that holds', () => {
  const facts = ['rain', 'parts'].map((reason, at) => ({ type: 'paused', at, reason }))
  expect(pauseReason(incidentOf('a', null, { facts }))).toBe('parts')
  expect(pauseReason(incidentOf('a', null))).toBeNull()
})
