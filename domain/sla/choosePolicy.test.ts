import { expect, test } from 'vitest'
import { choosePolicy, type PolicySubject } from './choosePolicy.ts'
import type { Policy, PolicyChoice } from './policy.ts'

const policy = (id: string, choice: PolicyChoice, version = 1, validFrom = 100): Policy => ({
  id,
  version,
  validFrom,
  choice,
  timezone: 'Asia/Shanghai',
  atRiskFraction: 0.8,
  clocks: { respond: { from: 'reported', to: 'responded', target: 'PT5M' } },
})
const subject: PolicySubject = {
  at: 1000,
  mode: 'peacetime',
  category: 'fire',
  tier: 'major',
  path: ['district', 'street', 'grid'],
}

test.each<{ name: string; given: Policy[]; when?: Partial<PolicySubject>; expected: string | null }>([
  { name: 'none matches', given: [], expected: null },
  { name: 'one that names nothing matches everything', given: [policy('any', {})], expected: 'any v1' },
  {
    name: 'a category wins over a tier and an area',
    given: [
      policy('tier', { tier: 'major' }),
      policy('category', { category: 'fire' }),
      policy('area', { area: 'grid' }),
    ],
    expected: 'category v1',
  },
  {
    name: 'a tier wins over an area',
    given: [policy('area', { area: 'grid' }), policy('tier', { tier: 'major' }), policy('any', {})],
    expected: 'tier v1',
  },
  {
    name: 'the deepest area wins',
    given: [
      policy('street', { area: 'street' }),
      policy('grid', { area: 'grid' }),
      policy('district', { area: 'district' }),
    ],
    expected: 'grid v1',
  },
  {
    name: 'an area wins over nothing',
    given: [policy('any', {}), policy('district', { area: 'district' })],
    expected: 'district v1',
  },
  {
    name: 'of two that name the category, the one that also names the tier',
    given: [policy('both', { category: 'fire', tier: 'major' }), policy('category', { category: 'fire' }, 1, 200)],
    expected: 'both v1',
  },
  {
    name: 'what does not match is out, whatever else it names',
    given: [policy('surge', { category: 'fire', mode: 'surge' }), policy('any', {})],
    expected: 'any v1',
  },
  { name: 'another area is out', given: [policy('other', { area: 'other' })], expected: null },
  {
    name: 'a tier is named and the incident has none',
    given: [policy('tier', { tier: 'major' })],
    when: { tier: null },
    expected: null,
  },
  {
    name: 'naming a mode does not rank: among equals the newest',
    given: [policy('surge', { mode: 'surge' }, 1, 100), policy('any', {}, 1, 200)],
    when: { mode: 'surge' },
    expected: 'any v1',
  },
  {
    name: 'of one policy the newest version in force',
    given: [policy('any', {}, 2, 500), policy('any', {}, 1, 100), policy('any', {}, 3, 2000)],
    expected: 'any v2',
  },
  {
    name: 'a version is in force from its instant on',
    given: [policy('any', {}, 2, 1000), policy('any', {}, 1, 100)],
    expected: 'any v2',
  },
  {
    name: 'a replaced version does not come back because it matches better',
    given: [policy('p', { category: 'fire' }, 1, 100), policy('p', { category: 'water' }, 2, 200), policy('any', {})],
    expected: 'any v1',
  },
])('$name', ({ given, when, expected }) => {
  const chosen = choosePolicy(given, { ...subject, ...when })
  expect(chosen && `${chosen.id} v${chosen.version}`).toBe(expected)
  expect(choosePolicy(given.toReversed(), { ...subject, ...when })).toBe(chosen)
})
