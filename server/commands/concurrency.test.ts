import { beforeEach, expect, test } from 'vitest'
import { IN_WEST_1, SECOND, T0, viewer, workerViewer } from '../testing/street.ts'
import { type TestApp, testApp } from '../testing/testApp.ts'
import { incidentNumbers } from './numbers.ts'

const dispatcher = viewer('dispatcher')
const rubbish = { verb: 'report', category: 'rubbish', place: IN_WEST_1 } as const

let street: TestApp
let other: TestApp // another process on the same store
beforeEach(async () => {
  street = await testApp()
  other = await street.another()
})

const numbersOf = async () =>
  (await street.log()).flatMap(({ data }) => (data as { number?: string }).number ?? []).sort()

test('two dispatchers at once both land, when both may', async () => {
  const id = await street.does(dispatcher, rubbish)
  await Promise.all([
    street.does(dispatcher, { verb: 'dispatch', incident: id, assignee: 'w1' }),
    other.does(dispatcher, { verb: 'dispatch', incident: id, assignee: 'w2' }),
    street.does(dispatcher, { verb: 'pause', incident: id, reason: '等配件' }),
  ])
  const { incident, version } = await street.incident(id)
  expect({ version, status: incident.status, assignees: incident.assignees.toSorted() }).toEqual({
    version: 4,
    status: 'paused',
    assignees: ['w1', 'w2'],
  })
})

test('of two who do the same at once the second is refused by the rule, as if they had come one after the other', async () => {
  const id = await street.does(dispatcher, rubbish)
  const both = await Promise.all(
    [street, other].map(one => one.give(dispatcher, { verb: 'accept', incident: id, assignee: 'w1' })),
  )
  expect(both.map(outcome => (outcome.ok ? 'done' : outcome.rule)).sort()).toEqual(['alreadyAccepted', 'done'])
  expect((await street.incident(id)).version).toBe(2)
})

test('two that began together are not merged into each other', async () => {
  const [a, b] = [await street.does(dispatcher, rubbish), await street.does(dispatcher, rubbish)]
  const both = await Promise.all([
    street.give(dispatcher, { verb: 'merge', incident: a, into: b, reason: '同一处' }),
    other.give(dispatcher, { verb: 'merge', incident: b, into: a, reason: '同一处' }),
  ])
  expect(both.map(outcome => (outcome.ok ? 'done' : outcome.rule)).sort()).toEqual(['done', 'mergeTargetGone'])
})

test('twelve people at one incident are all heard', async () => {
  const id = await street.does(dispatcher, rubbish)
  const rates = Array.from({ length: 12 }, (_, i) => [street, other][i % 2]!)
  await street.does(workerViewer('w1'), { verb: 'resolve', incident: id })
  await Promise.all(rates.map(one => one.does(dispatcher, { verb: 'rate', incident: id, score: 5 })))
  expect((await street.incident(id)).version).toBe(14)
})

test('reports at once get numbers in a row', async () => {
  await Promise.all(Array.from({ length: 30 }, () => street.does(dispatcher, rubbish)))
  expect(await numbersOf()).toEqual(Array.from({ length: 30 }, (_, i) => `260302-${String(i + 1).padStart(3, '0')}`))
})

test('numbers are unique over processes at once', async () => {
  await Promise.all(Array.from({ length: 60 }, (_, i) => [street, other][i % 2]!.does(dispatcher, rubbish)))
  expect(new Set(await numbersOf()).size).toBe(60)
})

test('a process whose count is far behind another’s catches up at once', async () => {
  await street.does(dispatcher, rubbish)
  for (let i = 0; i < 30; i++) await other.does(dispatcher, rubbish)
  await street.does(dispatcher, rubbish)
  expect((await numbersOf()).at(-1)).toBe('260302-032')
})

test('the number is of the local day in which it happened', async () => {
  const midnight = Date.parse('2026-03-03T00:00:00+08:00')
  street.clock.now = midnight - 1
  const late = await street.does(dispatcher, rubbish)
  street.clock.now = midnight
  const next = await street.does(dispatcher, rubbish)
  const told = await street.does(dispatcher, { ...rubbish, at: midnight - SECOND })
  expect(await Promise.all([late, next, told].map(async id => (await street.incident(id)).incident.number))).toEqual([
    '260302-001',
    '260303-001',
    '260302-002',
  ])
})

test('a number that an import brought and that ends in letters stops no counting', async () => {
  const known = await street.does(dispatcher, rubbish)
  const { store } = street.app
  const [{ data } = { data: {} }] = await store.snapshot().then(async snapshot => {
    const found = await snapshot.events({ after: 0, limit: 1, stream: `incident:${known}` })
    await snapshot.close()
    return found
  })
  for (const [i, number] of ['260302-01A', '260302-9Z', '260302-002'].entries())
    await store.append({
      command: null,
      recordedAt: T0,
      streams: [
        {
          stream: `incident:imported-${i}`,
          expected: 'none',
          events: [
            {
              eventId: street.app.random.uuid(),
              type: 'reported',
              schemaVersion: 1,
              data: { ...(data as object), number },
              actor: 'import:hotline',
              at: T0,
            },
          ],
        },
      ],
      personal: [],
    })
  // This process counts on from 1 and is told that 2 is taken; the other begins to count.
  for (const one of [street, other]) await one.does(dispatcher, rubbish)
  expect((await numbersOf()).filter(number => /-\d{3}$/.test(number))).toEqual([
    ...['260302-001', '260302-002', '260302-003', '260302-004'],
  ])
})

test('a read that failed once does not stop the numbers of the day', async () => {
  const { store } = street.app
  const failing = { ...store, snapshot: () => Promise.reject(new Error('the disk is busy')) }
  const app = { ...street.app, store: failing }
  const numbers = incidentNumbers(app)
  await expect(numbers.next(T0, 'Asia/Shanghai')).rejects.toThrow('busy')
  Object.assign(app, { store })
  expect(await numbers.next(T0, 'Asia/Shanghai')).toBe('260302-001')
})
