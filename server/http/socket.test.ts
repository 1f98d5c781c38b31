import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { createServerAdapter } from '@whatwg-node/server'
import { createClient } from 'graphql-ws'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { subscription } from '../graphql/testSocket.ts'
import { testWorld, type World } from '../graphql/testWorld.ts'
import { plain, router } from './router.ts'
import { serveSocket } from './socket.ts'

let world: World
let server: Server
let closeSocket: () => Promise<void>
let port: number
let unheard: unknown[]
const hear = (error: unknown) => unheard.push(error)

beforeEach(async () => {
  world = await testWorld()
  const handle = router(world.app, [async (_, url) => (url.pathname === '/healthz' ? plain(200, 'ok') : null)])
  server = createServer(createServerAdapter(handle))
  closeSocket = serveSocket(server, world.graphql.socket, 8)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
  unheard = []
  process.on('uncaughtExceptionMonitor', hear)
})
afterEach(async () => {
  await closeSocket()
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
  await world.close()
  process.off('uncaughtExceptionMonitor', hear)
})

const UPGRADE = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']
const KEY = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='

async function raw(lines: readonly string[]): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  return socket
}

async function firstLine(socket: Socket): Promise<string> {
  let text = ''
  for await (const chunk of socket.setEncoding('utf8')) {
    text += chunk
    if (text.includes('\r\n')) break
  }
  return text.split('\r\n')[0] ?? ''
}

async function stillServes(): Promise<void> {
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
  const webSocketImpl = WebSocket
  const connectionParams = { authorization: `Bearer ${await world.token('wall', ['310101'])}` }
  const client = createClient({ url: `ws://127.0.0.1:${port}/graphql`, webSocketImpl, connectionParams })
  const stream = subscription<object>(client, 'subscription { changes { __typename } }')
  await stream.until(() => stream.got.length > 0)
  expect(stream.got[0]).toEqual({ changes: [{ __typename: 'Heartbeat' }] })
  stream.stop()
  await client.dispose()
  expect(unheard).toEqual([])
}

test.each(['//', '/', '//graphql', '/graphql/..', '/other', 'http://[', '*', '/%', '\\', '/graphq%6c'])(
  'an upgrade of "%s" is refused and the server goes on',
  async target => {
    expect(await firstLine(await raw([`GET ${target} HTTP/1.1`, 'Host: x', ...UPGRADE, KEY]))).toMatch(/ 40[04] /)
    await stillServes()
  },
)

test.each([
  ['GET // HTTP/1.1', 'Host: x'],
  ['GET / HTTP/1.1', 'Host: ['],
  ['GET http://[ HTTP/1.1', 'Host: x'],
  ['GET //% HTTP/1.1', 'Host: x'],
  ['OPTIONS * HTTP/1.1', 'Host: x'],
])('a request that is no address is answered (%s, %s)', async (...lines) => {
  expect(await firstLine(await raw([...lines, 'Connection: close']))).toMatch(/^HTTP\/1\.1 [45]/)
  await stillServes()
})

test('a path with a query is an upgrade as well', async () => {
  const socket = await raw([
    'GET /graphql?x=1 HTTP/1.1',
    'Host: x',
    ...UPGRADE,
    KEY,
    'Sec-WebSocket-Protocol: graphql-transport-ws',
  ])
  expect(await firstLine(socket)).toContain(' 101 ')
})

test.each(['/other', '/graphql'])('a connection that is reset after its upgrade to %s harms nothing', async target => {
  for (let times = 0; times < 20; times++) {
    const socket = await raw([`GET ${target} HTTP/1.1`, 'Host: x', ...UPGRADE, KEY])
    const arrived = once(server, 'upgrade')
    if (times % 2 === 0) await arrived
    socket.resetAndDestroy()
    await once(socket, 'close')
  }
  await stillServes()
})

test('what is no frame ends its socket only', async () => {
  const socket = await raw(['GET /graphql HTTP/1.1', 'Host: x', ...UPGRADE, KEY])
  await once(socket, 'data')
  socket.write(Buffer.alloc(4096, 0xff))
  socket.resume()
  await once(socket, 'close')
  await stillServes()
})

test('an address may hold so many sockets and no more, and gets the places of those that end back', async () => {
  const upgrade = ['GET /graphql HTTP/1.1', 'Host: x', ...UPGRADE, KEY, 'Sec-WebSocket-Protocol: graphql-transport-ws']
  const held = await Promise.all(Array.from({ length: 8 }, () => raw(upgrade)))
  await Promise.all(held.map(socket => once(socket, 'data')))
  expect(await firstLine(await raw(upgrade))).toContain(' 429 ')
  const gone = held.map(socket => once(socket, 'close'))
  for (const socket of held) socket.destroy()
  await Promise.all(gone)
  await stillServes()
})
