import { expect, test } from 'vitest'
import { MINUTE, T0, testWorld, uuid, WEST } from './testWorld.ts'

test('the answer to a command shows the clocks as they stand after it, though time goes on while it is given', async () => {
  const world = await testWorld()
  const token = await world.token('dispatcher', ['310101'])
  // Every look at the clock is a millisecond after the one before, as it may be outside of tests.
  let looks = 0
  Object.defineProperty(world.clock, 'now', { get: () => T0 + looks++ })
  const { data, errors } = await world.ask(
    `mutation($input: ReportIncidentInput!) {
      reportIncident(input: $input) { incident { status clocks { name state deadline } facts { at } } }
    }`,
    { token, variables: { input: { commandId: uuid(900), category: 'rubbish', place: WEST } } },
  )
  expect(errors).toBeUndefined()
  const { incident } = data.reportIncident
  const respond = incident.clocks.find(({ name }: { name: string }) => name === 'respond')
  const reportedAt = Date.parse(incident.facts[0].at)
  expect(reportedAt).toBeGreaterThan(T0)
  expect(respond).toEqual({
    name: 'respond',
    state: 'RUNNING',
    deadline: new Date(reportedAt + 5 * MINUTE).toISOString(),
  })
  await world.close()
})
