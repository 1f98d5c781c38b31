import { serverAudits } from 'graphql-http'
import { afterAll, expect, test } from 'vitest'
import { testWorld } from './testWorld.ts'

const world = await testWorld()
const token = await world.token('wall', ['310101'])
afterAll(() => world.close())

const audits = serverAudits({
  url: 'http://test/graphql',
  fetchFn: (url: string, init?: RequestInit) => {
    const headers = new Headers(init?.headers)
    headers.set('authorization', `Bearer ${token}`)
    return world.graphql.yoga.fetch(new Request(url, { ...init, headers }))
  },
})

// GraphQL over HTTP: every MUST holds, and every SHOULD but those named here.
const NOT_WANTED: readonly string[] = []

for (const audit of audits) {
  test(`${audit.id} ${audit.name}`, async () => {
    const result = await audit.fn()
    if (audit.name.startsWith('MUST')) expect(result).toMatchObject({ status: 'ok' })
    else if (!NOT_WANTED.includes(audit.id)) expect(result.status).not.toBe('error')
  })
}

test('there are as many audits as the suite has', () => {
  expect(audits.length).toBeGreaterThan(50)
})
