/**
 * POSTs over connections that stay open, by hand: node's own client takes as much of a core for two thousand a second as
 * the server that is measured. Knows no more of HTTP than this server's short answers need.
 */
import { connect, type Socket } from 'node:net'

export type PostPool = { post(token: string, body: string): Promise<number>; close(): void }
type Waiting = { readonly text: string; readonly resolve: (status: number) => void }

export async function postPool(url: string, path: string, size: number): Promise<PostPool> {
  const { hostname, port, host } = new URL(url)
  const waiting: Waiting[] = []
  const idle: Connection[] = []

  type Connection = { readonly socket: Socket; now: Waiting | null; answer: string }
  const next = (connection: Connection) => {
    connection.now = waiting.shift() ?? null
    connection.answer = ''
    if (connection.now === null) idle.push(connection)
    else connection.socket.write(connection.now.text)
  }
  const open = async () => {
    const socket = connect(Number(port), hostname)
    const connection: Connection = { socket, now: null, answer: '' }
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    socket.setNoDelay(true)
    socket.setEncoding('latin1').on('data', (text: string) => {
      connection.answer += text
      const status = statusOf(connection.answer)
      if (status === null) return
      connection.now?.resolve(status)
      next(connection)
    })
    socket.on('error', () => connection.now?.resolve(0))
    idle.push(connection)
    return socket
  }
  const sockets = await Promise.all(Array.from({ length: size }, open))
  return {
    post: (token, body) =>
      new Promise(resolve => {
        const head = `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n`
        const about = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`
        waiting.push({ text: head + about + body, resolve })
        const connection = idle.pop()
        if (connection !== undefined) next(connection)
      }),
    close() {
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** Null: the answer has not come to its end. */
function statusOf(answer: string): number | null {
  const headEnd = answer.indexOf('\r\n\r\n')
  if (headEnd < 0) return null
  const head = answer.slice(0, headEnd)
  const body = answer.slice(headEnd + 4)
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  const isWhole = length === undefined ? /^0\r\n\r\n|\r\n0\r\n\r\n/.test(body) : body.length >= Number(length)
  return isWhole ? Number(head.slice(9, 12)) : null
}
