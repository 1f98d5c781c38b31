import { expect, test } from 'vitest'
import { agePhrase, limitPhrase, tickPhrase } from './durationParts.ts'

test.each([
  [48_900, { key: 'age.seconds', values: { n: 48 } }],
  [-5, { key: 'age.seconds', values: { n: 0 } }],
  [134_000, { key: 'age.minutes', values: { m: 2, s: 14 } }],
  [11_100_000, { key: 'age.hours', values: { h: 3, m: 5 } }],
])('%d ms old is %o', (ms, phrase) => {
  expect(agePhrase(ms)).toEqual(phrase)
})

test.each([
  [60_000, { key: 'limit.minutes', values: { n: 1 } }],
  [90_000, { key: 'limit.seconds', values: { n: 90 } }],
  [86_400_000, { key: 'limit.days', values: { n: 1 } }],
  [7_200_000, { key: 'limit.hours', values: { n: 2 } }],
  [null, { key: 'limit.today', values: {} }],
])('a limit of %s is %o', (ms, phrase) => {
  expect(limitPhrase(ms)).toEqual(phrase)
})

test('ticks are short', () => {
  expect(tickPhrase(300_000)).toEqual({ key: 'limit.tickMinutes', values: { n: 5 } })
})
