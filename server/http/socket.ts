import type { Server } from 'node:http'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import type { SocketOptions } from '../graphql/socket.ts'

/** Frames larger than this end the socket: a subscription is a few hundred bytes. */
const MAX_PAYLOAD_BYTES = 100_000
/** A socket whose other end has gone is found out after two of these. */
const PING_EVERY_MS = 12_000

/** Subscriptions on the same port and path as queries. Returns the way to close them; clients come back by themselves. */
export function serveSocket(server: Server, options: SocketOptions): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD_BYTES })
  const served = useServer(options, sockets, PING_EVERY_MS)
  server.on('upgrade', (request, socket, head) => {
    if (new URL(request.url ?? '/', 'http://localhost').pathname !== '/graphql') {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, client => sockets.emit('connection', client, request))
  })
  return async () => {
    await served.dispose()
  }
}
