import { expect, test } from 'vitest'
import type { IncidentPartsFragment, WorkerPartsFragment } from '../graphql/generated.ts'
import { type Change, mergeChanges } from './mergeChanges.ts'
import type { WallLive } from './wallState.ts'

const parts = (id: string, status: IncidentPartsFragment['status']): IncidentPartsFragment => ({
  id,
  number: id,
  status,
  title: id,
  category: 'waste',
  source: 'hotline',
  tier: null,
  version: 1,
  path: [],
  place: null,
  area: null,
  assignees: [],
  leadingClock: null,
  facts: [],
})
const changed = (position: number, id: string, status: IncidentPartsFragment['status']): Change => ({
  __typename: 'IncidentChanged',
  position,
  incident: parts(id, status),
})
const worker = (position: number, id: string, onDuty: boolean): Change => ({
  __typename: 'WorkerChanged',
  position,
  worker: {
    id,
    name: id,
    role: 'fullTime',
    onDuty,
    incident: null,
    leads: [],
    area: null,
  } satisfies WorkerPartsFragment,
})
const empty: WallLive = { head: 10, incidents: new Map(), workers: new Map(), unlisted: 0 }

test('the last word on an incident wins', () => {
  const live = mergeChanges(empty, [
    changed(11, 'a', 'REPORTED'),
    changed(12, 'b', 'SIGNALLED'),
    changed(13, 'a', 'ACCEPTED'),
  ])
  expect([...live.incidents.values()].map(incident => [incident.id, incident.status])).toEqual([
    ['a', 'ACCEPTED'],
    ['b', 'SIGNALLED'],
  ])
  expect(live.head).toBe(13)
})

test('what the snapshot already holds changes nothing', () => {
  expect(mergeChanges(empty, [changed(9, 'a', 'REPORTED'), changed(10, 'b', 'REPORTED')])).toBe(empty)
})

test('what is resolved stays to be verified, what is closed, merged, voided or out of scope leaves', () => {
  const open = mergeChanges(
    empty,
    ['a', 'b', 'c', 'd', 'e'].map((id, index) => changed(11 + index, id, 'REPORTED')),
  )
  const after = mergeChanges(open, [
    changed(16, 'a', 'RESOLVED'),
    changed(17, 'b', 'CLOSED'),
    changed(18, 'c', 'MERGED'),
    changed(19, 'd', 'VOIDED'),
    { __typename: 'IncidentLeft', position: 20, id: 'e' },
  ])
  expect([...after.incidents.keys()]).toEqual(['a'])
})

test('one that left and came back within a batch is there', () => {
  const after = mergeChanges(empty, [changed(11, 'a', 'VOIDED'), changed(12, 'a', 'REPORTED')])
  expect(after.incidents.has('a')).toBe(true)
})

test('maps that nothing touched keep their identity', () => {
  const after = mergeChanges(empty, [worker(11, 'w', true)])
  expect(after.incidents).toBe(empty.incidents)
  expect(after.workers.get('w')?.onDuty).toBe(true)
})

test('heartbeats and lags are for the feed', () => {
  const beat: Change = { __typename: 'Heartbeat', head: 99, cursor: 99, serverTime: '2026-11-20T00:00:00Z' }
  expect(mergeChanges(empty, [beat, { __typename: 'Lagged', from: 1, to: 99 }])).toBe(empty)
})

test('what the snapshot left out is remembered', () => {
  expect(mergeChanges({ ...empty, unlisted: 7 }, [worker(11, 'w', true)]).unlisted).toBe(7)
})
