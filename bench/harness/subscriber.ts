/** A subscriber over graphql-transport-ws who keeps no more than what it is told to: a thousand of them fit into a process. */
import { WebSocket } from 'ws'

export type Subscriber = { readonly socket: WebSocket; close(): void }
export type Subscription = {
  readonly url: string
  readonly token: string
  readonly query: string
  readonly variables?: object
  /** The text of a message that carries data. */
  readonly onNext: (text: string) => void
  readonly onEnd?: () => void
}

/** Resolves with the first data, which of ours is a Heartbeat or a snapshot. */
export function subscribe({ url, token, query, variables = {}, onNext, onEnd }: Subscription): Promise<Subscriber> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws')
  const send = (message: object) => socket.send(JSON.stringify(message))
  return new Promise((resolve, reject) => {
    socket.on('open', () => send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }))
    socket.on('message', (data: Buffer) => {
      const text = data.toString()
      if (text.includes('"type":"next"')) {
        onNext(text)
        resolve({ socket, close: () => socket.terminate() })
      } else if (text.includes('"type":"connection_ack"'))
        send({ id: '1', type: 'subscribe', payload: { query, variables } })
      else if (text.includes('"type":"ping"')) send({ type: 'pong' })
      else if (text.includes('"type":"error"')) reject(new Error(text))
    })
    socket.on('error', reject)
    socket.on('close', () => {
      reject(new Error('the socket was closed'))
      onEnd?.()
    })
  })
}

/** What a wall asks of the log. */
export const CHANGES = `subscription ($after: Int) { changes(after: $after) { __typename
  ... on IncidentChanged { position incident { id number status title category tier version path place { lng lat }
    area { code name } assignees { id name } facts { type at }
    leadingClock { name state elapsedMs limitMs startedAt endedAt deadline breachedAt atRisk atRiskFraction } } }
  ... on IncidentLeft { position id } ... on Heartbeat { head } ... on Lagged { from to } } }`

export const POSITIONS = `subscription { positions { snapshot left workers { worker at lng lat courseDeg speedMps } } }`
