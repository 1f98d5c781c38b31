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

// GraphQL over HTTP: every MUST holds, and every other but two of the old media type, where Yoga answers 200.
const OTHERWISE: readonly string[] = ['A5BF', 'BCF8']

for (const audit of audits) {
  test(`${audit.id} ${audit.name}`, async () => {
    const result = await audit.fn()
    if (!OTHERWISE.includes(audit.id)) expect(result).toMatchObject({ status: 'ok' })
    else expect(audit.name).not.toMatch(/^MUST/)
  })
}

test('there are as many audits as the suite has', () => {
  expect(audits.length).toBeGreaterThan(50)
})
