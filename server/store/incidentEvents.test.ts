import { expect, test } from 'vitest'
import type { NewFact } from '#domain/incident/facts.ts'
import { factOf, newEvent } from './incidentEvents.ts'

test.for([
  { type: 'arrived', at: 5, data: { assignee: 'w1' } },
  { type: 'arrived', at: 5, originalAt: 4, data: { assignee: 'w1' } },
] satisfies NewFact[])('a fact comes back from its event as it went in: %j', fact => {
  const stored = { ...newEvent(fact, 'e1', 'w1'), position: 3, recordedAt: 7 }
  expect(factOf(stored)).toEqual({ ...fact, eventId: 'e1', actor: 'w1', position: 3, recordedAt: 7 })
})
