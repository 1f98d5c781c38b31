import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
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

async function asked(query: string, variables: Record<string, unknown> = {}, token?: string) {
  const client = server.client(token ?? (await world.token('dispatcher', ['310101'])))
  const stream = subscription<Record<string, unknown>>(client, query, variables)
  await stream.until(() => stream.isDone() || stream.errors() !== null)
  return { data: stream.got[0], errors: stream.errors() }
}

test('queries and commands are answered over the socket as over HTTP', async () => {
  const input = { commandId: '22222222-2222-4222-8222-222222222222', category: 'rubbish', place: WEST, title: '垃圾' }
  const query =
    'mutation($input: ReportIncidentInput!) { reportIncident(input: $input) { position incident { title } } }'
  expect((await asked(query, { input })).data).toEqual({ reportIncident: { position: 1, incident: { title: '垃圾' } } })
  expect((await asked('{ head }')).data).toEqual({ head: 1 })
})

test('what is refused is refused with the same codes, and nothing of HTTP', async () => {
  expect((await asked('{ nothing }')).errors).toMatchObject([{ extensions: { code: 'BAD_INPUT' } }])
  expect((await asked('{ incidents(first: -1) { totalCount } }')).errors).toMatchObject([
    { extensions: { code: 'BAD_INPUT' } },
  ])
  expect((await asked('subscription { changes(after: 99) { __typename } }')).errors).toMatchObject([
    { extensions: { code: 'BAD_INPUT' } },
  ])
})

test('a socket without a token in force is closed when it says who it is', async () => {
  const over = await world.token('wall', ['310101'])
  await world.access.revoke((await world.access.viewer(over))!.tokenId)
  for (const token of ['wrong', over])
    expect((await asked('{ head }', {}, token)).errors).toMatchObject({ code: 4401, reason: 'Unauthorized' })
})

test('a socket follows twenty streams at once and no more, until one of them ends', async () => {
  const client = server.client(await world.token('dispatcher', ['310101']))
  const query = 'subscription { changes(after: 0) { __typename } }'
  const streams = Array.from({ length: 25 }, () => subscription<object>(client, query))
  await Promise.all(streams.map(stream => stream.until(() => stream.got.length > 0 || stream.errors() !== null)))
  const refused = streams.filter(stream => stream.errors() !== null)
  expect(refused.map(stream => stream.errors())).toEqual(
    Array(5).fill([expect.objectContaining({ extensions: { code: 'RATE_LIMITED' } })]),
  )
  streams.find(stream => stream.errors() === null)?.stop()
  const next = subscription<object>(client, query)
  await next.until(() => next.got.length > 0 || next.errors() !== null)
  expect(next.errors()).toBeNull()
  await client.dispose()
})

test('a socket that goes takes its streams with it', async () => {
  const running = new Set<object>()
  const { changes } = world.live
  world.live.changes = request => {
    const stream = changes(request)
    running.add(stream)
    const end = stream.return?.bind(stream)
    stream.return = async () => {
      running.delete(stream)
      return end?.() ?? { done: true, value: undefined }
    }
    return stream
  }
  const client = server.client(await world.token('dispatcher', ['310101']))
  const query = 'subscription { changes(after: 0) { __typename } }'
  const streams = Array.from({ length: 20 }, () => subscription<object>(client, query))
  await Promise.all(streams.map(stream => stream.until(() => stream.got.length > 0)))
  expect(running.size).toBe(20)
  client.terminate()
  while (running.size > 0) await new Promise<void>(resolve => setImmediate(resolve))
  world.live.changes = changes
})

test('a document that only measuring it could hang is refused', async () => {
  const fragments = Array.from({ length: 25 }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`)
  const document = `{ ...f0 ...f0 } ${fragments.join(' ')} fragment f25 on Query { head }`
  expect((await asked(document)).errors).toMatchObject([{ extensions: { code: 'BAD_INPUT' } }])
})

test('variables that go too deep are refused and the socket goes on', async () => {
  const authorization = `Bearer ${await world.token('dispatcher', ['310101'])}`
  const socket = new WebSocket(server.url, 'graphql-transport-ws')
  const told: string[] = []
  socket.on('message', message => told.push(String(message)))
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }))
  await once(socket, 'message')
  const subscribe = (id: string, x: string) =>
    socket.send(`{"type":"subscribe","id":"${id}","payload":{"query":"{ head }","variables":{"x":${x}}}}`)
  subscribe('deep', `${'['.repeat(20_000)}${']'.repeat(20_000)}`)
  await once(socket, 'message')
  subscribe('flat', '1')
  await once(socket, 'message')
  socket.terminate()
  expect(told[1]).toContain('BAD_INPUT')
  expect(told[2]).toContain('"data":{"head"')
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
