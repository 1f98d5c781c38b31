/** What a command may say: where, when, of whom and in which words. */
import { expect, test } from 'vitest'
import {
  EAST_1,
  fillStreet,
  IN_WEST_1,
  MINUTE,
  NOWHERE,
  SECOND,
  STREET,
  STREET_AREAS,
  T0,
  viewer,
  WEST,
  WEST_1,
  workerViewer,
} from '../testing/street.ts'
import { testApp } from '../testing/testApp.ts'

const dispatcher = viewer('dispatcher')
const rubbish = { verb: 'report', category: 'rubbish', place: IN_WEST_1 } as const
const DAY = 86_400_000

const drawn = (...codes: readonly string[]) =>
  testApp(async store => {
    await fillStreet(store)
    const areas = STREET_AREAS.map(area => ({ ...area, geometry: codes.includes(area.code) ? area.geometry : null }))
    await store.reference.putAreas(areas)
  })

test.each<[string, readonly string[], boolean]>([
  ['it has a boundary itself', [WEST_1], false],
  ['an area above it has one', [STREET], false],
  ['only its neighbour has one', [EAST_1], true],
  ['nothing has one', [], true],
])('a point outside of all boundaries in a named area where %s', async (_, codes, isTaken) => {
  const street = await drawn(...codes)
  const outcome = await street.give(dispatcher, { ...rubbish, place: NOWHERE, area: WEST_1 })
  expect(outcome).toMatchObject(isTaken ? { ok: true } : { code: 'BAD_INPUT', rule: 'outsideAreas' })
})

test.each<[string, number, number | string]>([
  ['a minute before', -MINUTE, -MINUTE],
  ['two seconds after: counts as the same instant', 2 * SECOND, 0],
  ['later', 2 * SECOND + 1, 'occurredInFuture'],
  ['thirty days before', -30 * DAY, -30 * DAY],
  ['longer ago', -30 * DAY - 1, 'occurredTooLongAgo'],
])('occurred %s', async (_, offset, expected) => {
  const street = await testApp()
  const outcome = await street.give(dispatcher, { ...rubbish, occurredAt: T0 + offset })
  if (typeof expected === 'string') expect(outcome).toMatchObject({ code: 'BAD_INPUT', rule: expected })
  else expect((await street.log())[0]?.data).toMatchObject({ occurredAt: T0 + expected })
})

test('nobody sends a worker of areas that they do not see; one whom others sent stays at work', async () => {
  const street = await testApp()
  const incident = await street.does(dispatcher, rubbish)
  const west = viewer('dispatcher', [WEST])
  const dispatch = { verb: 'dispatch', incident, assignee: 'w3' } as const
  expect(await street.give(west, dispatch)).toMatchObject({ code: 'NOT_FOUND', rule: 'noWorker' })
  await street.does(dispatcher, dispatch)
  await street.does(west, { verb: 'accept', incident, assignee: 'w3' })
  await street.does(west, { verb: 'withdraw', incident, assignee: 'w3' })
  expect(await street.give(west, dispatch)).toMatchObject({ code: 'NOT_FOUND', rule: 'noWorker' })
  expect(await street.give(west, { verb: 'arrive', incident, assignee: 'w4' })).toMatchObject({ code: 'NOT_FOUND' })
  await street.does(west, { ...dispatch, assignee: 'w2' })
  await street.does(workerViewer('w2'), { verb: 'accept', incident, assignee: 'w2' })
})

test('texts are kept trimmed; what cannot be seen is no reason', async () => {
  const street = await testApp()
  const incident = await street.does(dispatcher, { ...rubbish, title: ' 门口有垃圾\n' })
  expect((await street.incident(incident)).title).toBe('门口有垃圾')
  for (const [reason, rule] of [
    ['\u3164\u2800', 'needsReason'],
    [' \n', 'needsReason'],
    ['\u200B', 'controlCharacter'],
    ['x'.repeat(501), 'textTooLong'],
  ] as const)
    expect(await street.give(dispatcher, { verb: 'pause', incident, reason })).toMatchObject({
      code: 'BAD_INPUT',
      rule,
    })
  expect(await street.log()).toHaveLength(1)
})

test('nothing happens to an incident before it began', async () => {
  const street = await testApp()
  const incident = await street.does(dispatcher, rubbish)
  street.clock.now = T0 + MINUTE
  const dispatch = { verb: 'dispatch', incident, assignee: 'w1' } as const
  const early = await street.give(dispatcher, { ...dispatch, at: T0 - 2 * SECOND - 1 })
  expect(early).toMatchObject({ code: 'REFUSED', rule: 'beforeIncident' })
  await street.does(dispatcher, { ...dispatch, at: T0 - 2 * SECOND })
})
