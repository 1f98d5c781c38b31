import { afterAll, expect, test } from 'vitest'
import { testWorld, uuid, WEST } from './testWorld.ts'

const world = await testWorld()
const token = await world.token('wall', ['310101'])
afterAll(() => world.close())

async function send(body: string, authorization?: string): Promise<{ status: number; answer: string }> {
  const headers = new Headers({ 'content-type': 'application/json', accept: 'application/graphql-response+json' })
  if (authorization !== undefined) headers.set('authorization', authorization)
  const response = await world.graphql.yoga.fetch(new Request('http://test/graphql', { method: 'POST', headers, body }))
  return { status: response.status, answer: await response.text() }
}
const query = (text: string, variables = {}) => JSON.stringify({ query: text, variables })

test('without a token a document is not even validated, but what the schema is may be asked', async () => {
  const { status, answer } = await send(query('{ nonsense }'))
  expect([status, answer.includes('UNAUTHENTICATED'), answer.includes('nonsense')]).toEqual([401, true, false])
  expect((await send(query('{ ...f } fragment f on Query { __typename }'))).answer).toContain('UNAUTHENTICATED')
  expect((await send(query('{ __schema { queryType { name } } }'))).status).toBe(200)
  expect((await send(query('{ head }'), 'Bearer wrong')).answer).toContain('UNAUTHENTICATED')
  expect((await send(query('{ head }'), `Bearer ${token}`)).status).toBe(200)
})

const report = 'mutation($i: ReportIncidentInput!) { reportIncident(input: $i) { position } }'
const input = '"commandId":"22222222-2222-4222-8222-222222222222","category":"rubbish"'
test.each<[string, string]>([
  ['no JSON', '{"query":'],
  ['JSON that is no object', '17'],
  ['a number beyond numbers', `{"query":"${report}","variables":{"i":{${input},"place":{"lng":1e999,"lat":31}}}}`],
  ['a literal beyond numbers', query('{ areaAt(place: { lng: 1e999, lat: 31 }) { code } }')],
  ['a thousand levels', query(`{ ${'areas { parent { '.repeat(800)} code ${'} }'.repeat(800)} }`)],
  ['lists in lists', query(`{ incidents(filter: { status: ${'['.repeat(2400)}${']'.repeat(2400)} }) { totalCount } }`)],
  ['a value that goes deep', `{"query":"${report}","variables":{"i":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}}`],
  ['lists in lists as a value', `{"query":"${report}","variables":{"i":${'['.repeat(20000)}${']'.repeat(20000)}}}`],
  [
    'too long a text',
    query('{ incidents(filter: { text: $t }) { totalCount } }'.replace('{ inc', 'query($t: String) { inc'), {
      t: 'x'.repeat(1_000_000),
    }),
  ],
  [
    'an instant of a million characters',
    query(`{ incidents(asOf: { at: "${'1'.repeat(1_000_000)}" }) { totalCount } }`),
  ],
])('%s is the request’s own fault: BAD_INPUT, and nothing goes to the log', async (_, body) => {
  world.logged.length = 0
  const { status, answer } = await send(body, `Bearer ${token}`)
  expect([status < 500, answer.includes('BAD_INPUT'), answer.length < 10_000]).toEqual([true, true, true])
  expect(world.logged).toEqual([])
})

test.each(['', 'x'.repeat(41), '张三 13812345678', 'a b', '../x', 'hot\nline'])(
  'a source is a name and no words: %j',
  async source => {
    const desk = await world.token('dispatcher', ['310101'])
    const input = { commandId: uuid(500), category: 'rubbish', place: WEST, source }
    const variables = { i: input }
    expect(await world.ask(report, { token: desk, variables })).toMatchObject({
      errors: [{ extensions: { code: 'BAD_INPUT' } }],
    })
    expect(await world.ask('{ head }', { token: desk })).toEqual({ data: { head: 0 } })
  },
)

test('a track is not shown for a reason that nobody can see', async () => {
  const leader = await world.token('leader', ['310101'])
  const query = `query($reason: String!) {
    track(worker: "w-west", from: "2026-03-02T10:00:00Z", to: "2026-03-02T11:00:00Z", reason: $reason) { lengthM }
  }`
  for (const reason of ['\u2800', '\u200B', ' ', 'x'.repeat(501)])
    expect(await world.ask(query, { token: leader, variables: { reason } })).toMatchObject({
      errors: [{ extensions: { code: 'BAD_INPUT' } }],
    })
  expect(await world.store.reference.looks('w-west')).toEqual([])
})

test.each<[string, RequestInit]>([
  ['a body that is no JSON', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":' }],
  ['variables that are no JSON', { method: 'GET' }],
])('%s: 400, whatever the client understands, and nothing goes to the log', async (_, init) => {
  world.logged.length = 0
  const search = init.method === 'GET' ? '?query={head}&variables={' : ''
  const response = await world.graphql.yoga.fetch(new Request(`http://test/graphql${search}`, init))
  expect([response.status, (await response.text()).includes('BAD_INPUT')]).toEqual([400, true])
  expect(world.logged).toEqual([])
})

test('a body of more than eight million bytes is read no further, and said to be too large', async () => {
  world.logged.length = 0
  const whole = query('{ head }').padEnd(8_000_000)
  expect((await send(whole, `Bearer ${token}`)).status).toBe(200)
  const { status, answer } = await send(`${whole} `, `Bearer ${token}`)
  expect([status, answer.includes('BAD_INPUT'), answer.includes('8 million bytes')]).toEqual([413, true, true])
  let told = 0
  const endless = new ReadableStream({
    pull(controller) {
      told += 1_000_000
      controller.enqueue(new Uint8Array(1_000_000).fill(32))
    },
  })
  const headers = { 'content-type': 'application/json' }
  const sent = { method: 'POST', headers, body: endless, duplex: 'half' }
  const request = new Request('http://test/graphql', sent)
  expect((await world.graphql.yoga.fetch(request)).status).toBe(413)
  expect(told).toBeLessThan(12_000_000)
  expect(world.logged).toEqual([])
})
