import { afterEach, beforeEach, expect, test } from 'vitest'
import { socketServer, subscription } from '../graphql/testSocket.ts'
import { DISPATCHER, EAST, testWorld, WEST, type World } from '../graphql/testWorld.ts'
import type { NewEvent } from '../store/eventStore.ts'
import { HEARTBEAT_MS, MOST_BEHIND } from './follow.ts'

type Item = {
  __typename: string
  position?: number
  head?: number
  from?: number
  to?: number
  id?: string
  incident?: { id: string; status: string }
  worker?: { id: string; onDuty: boolean }
}
type Data = { changes: Item[] }

const QUERY = `subscription($after: Int, $area: ID) { changes(after: $after, area: $area) { __typename
  ... on IncidentChanged { position incident { id status number title path } } ... on IncidentLeft { position id }
  ... on WorkerChanged { position worker { id onDuty } } ... on Heartbeat { head serverTime } ... on Lagged { from to } } }`

let world: World
let server: Awaited<ReturnType<typeof socketServer>>
beforeEach(async () => {
  world = await testWorld()
  server = await socketServer(world)
})
afterEach(async () => {
  await server.close()
  await world.close()
})

async function follow(variables: Record<string, unknown> = {}, areas = ['310101'], role: 'wall' | 'reporter' = 'wall') {
  const token = await world.token(role, areas)
  const client = server.client(token)
  const stream = subscription<Data>(client, QUERY, variables)
  const items = () => stream.got.flatMap(data => data.changes)
  const facts = () => items().filter(item => item.position !== undefined)
  return { ...stream, token, client, items, facts }
}

test('the first item is a heartbeat with the head; then each fact comes once, in order', async () => {
  const wall = await follow()
  await wall.until(() => wall.items().length === 1)
  expect(wall.items()[0]).toMatchObject({ __typename: 'Heartbeat', head: 0 })
  const id = await world.does({ verb: 'report', category: 'rubbish', place: WEST })
  await world.does({ verb: 'dispatch', incident: id, assignee: 'w-west' })
  await world.does({ verb: 'accept', incident: id, assignee: 'w-west' })
  await wall.until(() => wall.facts().length === 3)
  expect(wall.facts().map(item => item.position)).toEqual([1, 2, 3])
  expect(wall.facts().at(-1)?.incident).toMatchObject({ id, status: 'ACCEPTED' })
})

test('a client that comes back with its cursor misses nothing and gets nothing twice', async () => {
  const first = await follow({ after: 0 })
  const id = await world.does({ verb: 'report', category: 'rubbish', place: WEST })
  await first.until(() => first.facts().length === 1)
  first.stop()
  await world.does({ verb: 'dispatch', incident: id, assignee: 'w-west' })
  await world.does({ verb: 'report', category: 'rubbish', place: EAST })
  const again = await follow({ after: first.facts().at(-1)?.position })
  await again.until(() => again.facts().length === 2)
  await world.does({ verb: 'accept', incident: id, assignee: 'w-west' })
  await again.until(() => again.facts().length === 3)
  expect([...first.facts(), ...again.facts()].map(item => item.position)).toEqual([1, 2, 3, 4])
})

test('all of the log is told from 0, stretch by stretch', async () => {
  await fill(1200)
  const all = await follow({ after: 0 })
  await all.until(() => all.facts().length === 1200)
  expect(all.facts().map(item => item.position)).toEqual(Array.from({ length: 1200 }, (_, i) => i + 1))
  expect(Math.max(...all.got.map(data => data.changes.length))).toBeLessThanOrEqual(500)
})

test('a position beyond the head is refused', async () => {
  const wall = await follow({ after: 7 })
  await wall.until(() => wall.errors() !== null)
  expect(wall.errors()).toMatchObject([{ extensions: { code: 'BAD_INPUT' } }])
})

test('who resumes too far behind is told to query afresh, and goes on from there', async () => {
  await fill(MOST_BEHIND + 50)
  const head = await world.store.head()
  const wall = await follow({ after: 10 })
  await wall.until(() => wall.items().length === 2)
  expect(wall.items()[1]).toMatchObject({ __typename: 'Lagged', from: 10, to: head })
  await world.does({ verb: 'report', category: 'rubbish', place: WEST })
  await wall.until(() => wall.facts().length === 1)
  expect(wall.facts()[0]?.position).toBe(head + 1)
})

test('an incident that moves out of the scope, or of the area asked for, has left', async () => {
  const west = await follow({}, ['310101001'])
  const inWest = await follow({ area: '310101001' })
  const east = await follow({}, ['310101002'])
  await Promise.all([west, inWest, east].map(stream => stream.until(() => stream.items().length === 1)))
  const id = await world.does({ verb: 'report', category: 'rubbish', place: WEST })
  await Promise.all([west, inWest].map(stream => stream.until(() => stream.facts().length === 1)))
  await world.does({ verb: 'classify', incident: id, place: EAST })
  await world.does({ verb: 'dispatch', incident: id, assignee: 'w-east' })
  await Promise.all([west, inWest, east].map(stream => stream.until(() => stream.facts().length >= 2)))
  for (const stream of [west, inWest]) {
    expect(stream.facts()).toMatchObject([
      { __typename: 'IncidentChanged', position: 1 },
      { __typename: 'IncidentLeft', position: 2, id },
    ])
  }
  expect(east.facts()).toMatchObject([
    { __typename: 'IncidentChanged', position: 2 },
    { __typename: 'IncidentChanged', position: 3 },
  ])
  // Read later, what was visible then is told as it was then.
  const later = await follow({ after: 0 }, ['310101001'])
  await later.until(() => later.facts().length === 2)
  expect(JSON.stringify(later.got)).not.toContain('310101002')
})

test('when nothing happens a heartbeat comes, and a token that was revoked ends the stream', async () => {
  const wall = await follow()
  await wall.until(() => wall.items().length === 1)
  await beat(() => wall.items().length === 2)
  expect(wall.items()[1]).toMatchObject({ __typename: 'Heartbeat', head: 0 })
  const token = (await world.access.list())[0]
  await world.access.revoke(token?.id ?? '')
  await beat(() => wall.errors() !== null)
  expect(wall.errors()).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
})

test('duty is told to those who see the worker', async () => {
  const west = await follow({}, ['310101001'])
  const east = await follow({}, ['310101002'])
  await Promise.all([west, east].map(stream => stream.until(() => stream.items().length === 1)))
  const self = { ...DISPATCHER, role: 'worker' as const, worker: 'w-west' }
  await world.positions.setDuty(self, 'w-west', true, { commandId: world.app.random.uuid() })
  await west.until(() => west.facts().length === 1)
  expect(west.facts()).toMatchObject([{ __typename: 'WorkerChanged', worker: { id: 'w-west', onDuty: true } }])
  await world.does({ verb: 'report', category: 'rubbish', place: EAST })
  await east.until(() => east.facts().length === 1)
  expect(east.facts()).toMatchObject([{ __typename: 'IncidentChanged', position: 2 }])
})

test('a reporter is told of their own reports only', async () => {
  const reporter = await follow({}, ['310101'], 'reporter')
  await reporter.until(() => reporter.items().length === 1)
  await world.does({ verb: 'report', category: 'rubbish', place: WEST })
  const viewer = await world.access.viewer(reporter.token)
  const own = await world.does({ verb: 'report', category: 'rubbish', place: WEST }, viewer ?? DISPATCHER)
  await reporter.until(() => reporter.facts().length === 1)
  expect(reporter.facts()).toMatchObject([{ position: 2, incident: { id: own } }])
})

test('a subscriber that does not read holds nothing but its place, and is told that it lagged', async () => {
  const viewer = { ...DISPATCHER, role: 'wall' as const }
  const stream = world.live.changes({ viewer, after: null, area: null, recheck: async () => {} })
  expect((await stream.next()).value).toMatchObject([{ kind: 'Heartbeat' }])
  await fill(MOST_BEHIND + 1)
  world.scheduler.advance(500)
  await settled()
  const next = await stream.next()
  expect(next.value).toMatchObject([{ kind: 'Lagged', from: 0, to: MOST_BEHIND + 1 }])
  const waiting = stream.next()
  await stream.return?.()
  expect(await waiting).toMatchObject({ done: true })
})

/** Moves the hand clock until something has happened: what runs between two of its ticks is real I/O. */
async function beat(condition: () => boolean): Promise<void> {
  while (!condition()) {
    world.scheduler.advance(HEARTBEAT_MS)
    await settled()
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve))
}

/** Many facts at once, below the commands: signals of incidents of their own. */
async function fill(n: number): Promise<void> {
  const event = (): NewEvent => ({
    eventId: world.app.random.uuid(),
    type: 'signalled',
    schemaVersion: 1,
    actor: null,
    at: world.clock.now,
    data: {
      number: world.app.random.hex(8),
      category: 'rubbish',
      source: 'test',
      tier: null,
      policy: null,
      place: WEST,
      path: ['310101', '310101001', '31010100101'],
    },
  })
  for (let written = 0; written < n; written += 500) {
    await world.store.append({
      command: null,
      recordedAt: world.clock.now,
      streams: Array.from({ length: Math.min(500, n - written) }, () => ({
        stream: `incident:${world.app.random.uuid()}` as const,
        expected: 'none' as const,
        events: [event()],
      })),
      personal: [],
    })
  }
}
