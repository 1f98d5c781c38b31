import { afterAll, beforeAll, expect, test } from 'vitest'
import { socketServer, subscription } from './testSocket.ts'
import { testWorld, WEST, type World } from './testWorld.ts'

let world: World
let server: Awaited<ReturnType<typeof socketServer>>
beforeAll(async () => {
  world = await testWorld()
  server = await socketServer(world)
})
afterAll(async () => {
  await server.close()
  await world.close()
})

async function once(query: string, variables: Record<string, unknown> = {}, token?: string) {
  const client = server.client(token ?? (await world.token('dispatcher', ['310101'])))
  const stream = subscription<Record<string, unknown>>(client, query, variables)
  await stream.until(() => stream.isDone() || stream.errors() !== null)
  return { data: stream.got[0], errors: stream.errors() }
}

test('queries and commands are answered over the socket as over HTTP', async () => {
  const input = { commandId: '22222222-2222-4222-8222-222222222222', category: 'rubbish', place: WEST, title: '垃圾' }
  const query =
    'mutation($input: ReportIncidentInput!) { reportIncident(input: $input) { position incident { title } } }'
  expect((await once(query, { input })).data).toEqual({ reportIncident: { position: 1, incident: { title: '垃圾' } } })
  expect((await once('{ head }')).data).toEqual({ head: 1 })
})

test('what is refused is refused with the same codes, and nothing of HTTP', async () => {
  expect((await once('{ head }', {}, 'wrong')).errors).toEqual([
    { message: expect.stringContaining('token'), extensions: { code: 'UNAUTHENTICATED' } },
  ])
  expect((await once('{ nothing }')).errors).toMatchObject([{ extensions: { code: 'BAD_INPUT' } }])
  expect((await once('{ incidents(first: -1) { totalCount } }')).errors).toMatchObject([
    { extensions: { code: 'BAD_INPUT' } },
  ])
  expect((await once('subscription { changes(after: 99) { __typename } }')).errors).toMatchObject([
    { extensions: { code: 'BAD_INPUT' } },
  ])
})

test('an incident is worked out once for all subscribers that see the same', async () => {
  const query =
    'subscription { changes { ... on IncidentChanged { incident { facts { reason } } } ... on Heartbeat { head } } }'
  const token = await world.token('wall', ['310101'])
  const streams = Array.from({ length: 20 }, () => subscription<{ changes: object[] }>(server.client(token), query))
  await Promise.all(streams.map(stream => stream.until(() => stream.got.length === 1)))
  let snapshots = 0
  const { snapshot } = world.store
  world.store.snapshot = () => {
    snapshots++
    return snapshot.call(world.store)
  }
  const id = await world.does({ verb: 'report', category: 'rubbish', place: WEST })
  await world.does({ verb: 'pause', incident: id, reason: '等工具' })
  await Promise.all(streams.map(stream => stream.until(() => JSON.stringify(stream.got).includes('等工具'))))
  expect(snapshots).toBeLessThan(20)
  world.store.snapshot = snapshot
})
