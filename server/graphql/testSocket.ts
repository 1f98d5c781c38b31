/** A real server on a free port and real clients of it. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Client, createClient } from 'graphql-ws'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocket, WebSocketServer } from 'ws'
import type { World } from './testWorld.ts'

export async function socketServer(world: World) {
  const http = createServer()
  const sockets = new WebSocketServer({ server: http, path: '/graphql' })
  const { dispose } = useServer({ ...world.graphql.socket }, sockets)
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`
  return {
    url,
    client(token: string): Client {
      const connectionParams = { authorization: `Bearer ${token}`, acceptLanguage: 'en' }
      return createClient({ url, webSocketImpl: WebSocket, connectionParams, retryAttempts: 0, lazy: true })
    },
    async close() {
      await dispose()
      await new Promise(resolve => http.close(resolve))
    },
  }
}

/** Collects what a subscription gives; `until` waits for it to hold what a test needs. */
export function subscription<T>(client: Client, query: string, variables: Record<string, unknown> = {}) {
  const got: T[] = []
  let errors: unknown = null
  let isDone = false
  let wake: () => void = () => {}
  const stop = client.subscribe<T>(
    { query, variables },
    {
      next(result) {
        if (result.errors !== undefined) errors = result.errors
        if (result.data != null) got.push(result.data)
        wake()
      },
      error(error) {
        errors = error
        wake()
      },
      complete() {
        isDone = true
        wake()
      },
    },
  )
  return {
    got,
    stop,
    errors: () => errors,
    isDone: () => isDone,
    async until(condition: () => boolean): Promise<void> {
      while (!condition()) {
        await new Promise<void>(resolve => {
          wake = resolve
        })
      }
    },
  }
}
