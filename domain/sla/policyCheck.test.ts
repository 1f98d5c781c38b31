import { expect, test } from 'vitest'
import { checkPolicy } from './policyCheck.ts'

const street = {
  id: '1-5-15',
  timezone: 'Asia/Shanghai',
  atRiskFraction: 0.8,
  clocks: {
    respond: { from: 'reported', to: 'responded', target: 'PT5M' },
    resolve: { from: 'reported', to: 'resolved', target: 'endOfLocalDay', pausable: true },
  },
}

test('a policy as the vectors hold it is version 1, in force since ever, for everything', () => {
  expect(checkPolicy(street)).toEqual({ policy: { ...street, version: 1, validFrom: 0, choice: {} } })
})

test('what it says of version, start and choice is kept', () => {
  const choice = { mode: 'surge', category: 'fire', tier: 'major', area: '310115' }
  const checked = checkPolicy({ ...street, version: 7, validFrom: '2026-03-02T00:00:00+08:00', choice })
  expect(checked).toEqual({ policy: { ...street, version: 7, validFrom: Date.parse('2026-03-01T16:00:00Z'), choice } })
})

test('what it leaves out can be given by who publishes it', () => {
  expect(checkPolicy(street, { version: 3, validFrom: 5 })).toMatchObject({ policy: { version: 3, validFrom: 5 } })
})

const withClock = (rule: object) => ({ ...street, clocks: { respond: { ...street.clocks.respond, ...rule } } })
test.each<[name: string, input: unknown, error: string]>([
  ['no object', [street], 'a policy is'],
  ['no id', { ...street, id: ' ' }, 'id:'],
  ['an unknown zone', { ...street, timezone: 'Asia/Pudong' }, 'timezone:'],
  ['a fraction above 1', { ...street, atRiskFraction: 80 }, 'atRiskFraction:'],
  ['a version of 0', { ...street, version: 0 }, 'version:'],
  ['a start without offset', { ...street, validFrom: '2026-03-02T00:00:00' }, 'validFrom:'],
  ['a day that does not exist', { ...street, validFrom: '2026-02-30T00:00:00Z' }, 'validFrom:'],
  ['no clocks', { ...street, clocks: {} }, 'clocks:'],
  ['a clock named like a number', { ...street, clocks: { 1: street.clocks.respond } }, 'clocks.1:'],
  ['a milestone that is a fact', withClock({ to: 'accepted' }), 'clocks.respond.to:'],
  ['a clock that ends where it starts', withClock({ to: 'reported' }), 'clocks.respond: it ends'],
  ['a target in months', withClock({ target: 'P1M' }), 'clocks.respond.target:'],
  ['a target in half minutes', withClock({ target: 'PT1.5M' }), 'clocks.respond.target:'],
  ['pausable in words', withClock({ pausable: 'yes' }), 'clocks.respond.pausable:'],
  ['a misspelt key', withClock({ pauseable: true }), 'clocks.respond.pauseable:'],
  ['an unknown condition', { ...street, choice: { source: 'x' } }, 'choice.source:'],
  ['an unknown mode', { ...street, choice: { mode: 'war' } }, 'choice.mode:'],
])('refused: %s', (_, input, error) => {
  const checked = checkPolicy(input)
  expect('errors' in checked ? checked.errors : []).toEqual([expect.stringContaining(error)])
})

test('all that is wrong is said at once', () => {
  expect(checkPolicy({ clocks: { respond: {} } })).toMatchObject({ errors: { length: 6 } })
})
