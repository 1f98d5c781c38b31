import type { Server } from 'node:http'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import type { SocketOptions } from '../graphql/socket.ts'
import { type ClientAddress, peerAddress } from './clientAddress.ts'

/** Frames larger than this end the socket: a subscription is a few hundred bytes. */
const MAX_PAYLOAD_BYTES = 100_000
/** A socket whose other end has gone is found out after two of these. */
const PING_EVERY_MS = 12_000
/** Generous: all the walls of a street may stand behind one address. */
export const MOST_PER_ADDRESS = 2000

/** Subscriptions on the same port and path as queries. Returns the way to close them; clients come back by themselves. */
export function serveSocket(
  server: Server,
  options: SocketOptions,
  mostPerAddress = MOST_PER_ADDRESS,
  clientAddress: ClientAddress = peerAddress,
): () => Promise<void> {
  const open = new Map<string, number>()
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD_BYTES })
  const served = useServer(options, sockets, PING_EVERY_MS)
  // graphql-ws listens for one error of a socket; a second one that nobody hears would end the process.
  sockets.on('connection', client => client.on('error', () => client.terminate()))
  server.on('upgrade', (request, socket, head) => {
    // From here on the socket is ours: Node hears none of its errors any more, and one that nobody hears ends the process.
    socket.on('error', () => socket.destroy())
    // Not `new URL`: it throws at what anybody may send, such as "//".
    if (request.url?.split('?')[0] !== '/graphql') {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    const forwardedFor = [request.headers['x-forwarded-for']].flat().join(',')
    const address = clientAddress(request.socket.remoteAddress, forwardedFor)
    const others = open.get(address) ?? 0
    if (others >= mostPerAddress) {
      socket.end('HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    open.set(address, others + 1)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left > 0) open.set(address, left)
      else open.delete(address)
    })
    sockets.handleUpgrade(request, socket, head, client => sockets.emit('connection', client, request))
  })
  return async () => {
    await served.dispose()
  }
}
