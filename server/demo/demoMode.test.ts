import { expect, test } from 'vitest'
import { isDemoStart, storeContent } from './demoMode.ts'

const databaseUrl = 'file:var/gridwatch.db'

test.each([
  ['auto', 'empty', true],
  ['auto', 'demo', true],
  ['auto', 'real', false],
  ['on', 'empty', true],
  ['on', 'demo', true],
  ['off', 'empty', false],
  ['off', 'demo', false],
  ['off', 'real', false],
] as const)('GRIDWATCH_DEMO=%s on a store that is %s: demo %s', (demo, content, expected) => {
  expect(isDemoStart({ demo, databaseUrl }, content)).toBe(expected)
})

test('the demo is never put on real data, and the refusal says what to type', () => {
  expect(() => isDemoStart({ demo: 'on', databaseUrl }, 'real')).toThrow('GRIDWATCH_DATABASE_URL=file:var/demo.db')
})

test('a store is empty without facts and areas, and a demo when the demo made it', () => {
  expect([
    storeContent(0, 0, {}),
    storeContent(0, 3, {}),
    storeContent(5, 0, {}),
    storeContent(5, 3, { demo: true }),
  ]).toEqual(['empty', 'real', 'real', 'demo'])
})
