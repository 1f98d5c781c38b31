/** 64 clients who report as fast as they are answered, each over its own connection that stays open. */
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { tell } from '../harness/child.ts'
import { IN_GRID } from '../harness/folder.ts'

const CLIENTS = 64
const QUERY = 'mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { position replayed } }'

export type LoadRequest = {
  readonly url: string
  readonly token: string
  readonly forMs: number
  readonly most: number
}
export type LoadResult = { readonly done: number; readonly tookMs: number; readonly latenciesMs: readonly number[] }

process.on('message', (asked: LoadRequest) => void run(asked).then(tell))
process.once('disconnect', () => process.exit(0))
tell({})

async function run({ url, token, forMs, most }: LoadRequest): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
  const begun = performance.now()
  const latenciesMs: number[] = []
  let left = most
  const client = async () => {
    while (left-- > 0 && performance.now() - begun < forMs) {
      const sent = performance.now()
      await report(`${url}/graphql`, token, agent)
      latenciesMs.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  const tookMs = performance.now() - begun
  agent.destroy()
  return { done: latenciesMs.length, tookMs, latenciesMs }
}

function report(url: string, token: string, agent: Agent): Promise<void> {
  const input = { commandId: randomUUID(), category: 'streetTrading', title: '人行道上有占道经营', place: IN_GRID }
  const body = JSON.stringify({ query: QUERY, variables: { input } })
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    authorization: `Bearer ${token}`,
  }
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', agent, headers }, response => {
      let text = ''
      response.setEncoding('utf8').on('data', part => {
        text += part
      })
      response.on('end', () => (text.includes('"position":') ? resolve() : reject(new Error(text.slice(0, 300)))))
    })
    sending.on('error', reject)
    sending.end(body)
  })
}
