import { expect, test } from 'vitest'
import { choiceOf, withChoice } from './tracksAddress.ts'

test('a link says the same to whoever opens it, and keeps what is not the tracks’', () => {
  const choice = { people: ['W001', 'a,b%'], day: '2026-11-20', at: Date.parse('2026-11-20T04:40:00Z'), person: 'a,b%' }
  const query = withChoice({ theme: 'light' }, choice)
  expect(query).toMatchObject({ theme: 'light', at: '2026-11-20T04:40:00Z' })
  expect(choiceOf(query as never)).toEqual(choice)
})

test('what makes no sense is as if nothing was said', () => {
  expect(choiceOf({ day: 'Friday', at: 'noon', people: '' })).toEqual({ people: [], day: null, at: null, person: null })
})
