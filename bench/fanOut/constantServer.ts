/** graphql-ws as it comes, sending a constant list to everybody whenever somebody posts. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSchema, parse, validate } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import { tell } from '../harness/child.ts'

const constant = ['x'.repeat(Number(process.argv[2]))]
let waiting: (() => void)[] = []

async function* changes() {
  yield { changes: ['begin'] }
  for (;;) {
    await new Promise<void>(resolve => waiting.push(resolve))
    yield { changes: constant }
  }
}

const schema = buildSchema('type Query { none: Int } type Subscription { changes: [String!]! }')
const server = createServer((request, response) => {
  request.resume()
  request.once('end', () => {
    response.end('{}')
    const woken = waiting
    waiting = []
    for (const wake of woken) wake()
  })
})
const sockets = new WebSocketServer({ server, path: '/graphql' })
// Validated once, as a thousand equal documents would be by anybody who cares.
const query = 'subscription { changes }'
const document = parse(query)
if (validate(schema, document).length > 0) throw new Error('the constant cannot be asked for')
useServer({ onSubscribe: () => ({ schema, document, rootValue: { changes } }) }, sockets)
server.listen(0, '127.0.0.1', () => tell({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, query }))
process.once('SIGTERM', () => process.exit(0))
process.once('disconnect', () => process.exit(0))
