import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { createServerAdapter } from '@whatwg-node/server'
import { expect, onTestFinished, test } from 'vitest'
import { testApp } from '../testing/testApp.ts'
import { plain, type Route, router } from './router.ts'

const failing: Route = async () => {
  throw new Error('the secret of the inside')
}

async function answer(route: Route, lines: readonly string[]): Promise<string> {
  const { app } = await testApp()
  const server = createServer(createServerAdapter(router(app, [route])))
  onTestFinished(() => void server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write(`${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`)
  let text = ''
  for await (const chunk of socket.setEncoding('utf8')) text += chunk
  return text
}

test.each([
  ['GET / HTTP/1.1', 'Host: a b'],
  ['GET / HTTP/1.1', 'Host: ['],
  ['GET / HTTP/1.1', 'Host: x:99999'],
])('what is no address is told so, without a word about the inside (%s, %s)', async (...lines) => {
  const text = await answer(async () => plain(200, 'ok'), lines)
  expect(text).toMatch(/^HTTP\/1\.1 400/)
  expect(text).not.toMatch(/ at |node_modules|\.ts/)
})

test('a route that fails says nothing of the inside', async () => {
  const text = await answer(failing, ['GET /x HTTP/1.1', 'Host: x'])
  expect(text).toMatch(/^HTTP\/1\.1 500/)
  expect(text).not.toContain('secret')
})

test('a route is told who is at the other end', async () => {
  const text = await answer(async (_, __, client) => plain(200, `from ${client}`), ['GET / HTTP/1.1', 'Host: x'])
  expect(text).toContain('from 127.0.0.1')
})

test('the log holds no token and no endless path', async () => {
  const street = await testApp()
  const handle = router(street.app, [failing])
  await handle(new Request(`http://x/feeds/osmand/t/abcdef0123456789/${'y'.repeat(5000)}`))
  const [line] = street.complaints as { path: string }[]
  expect(line?.path).toMatch(/^\/feeds\/osmand\/t\/…\/y+$/)
  expect(line?.path.length).toBe(200)
})

test('a client that has gone is no failure', async () => {
  const street = await testApp()
  const gone = AbortSignal.abort()
  await router(street.app, [failing])(new Request('http://x/', { signal: gone }))
  expect(street.complaints).toEqual([])
})
