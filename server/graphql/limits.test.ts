import { readFileSync } from 'node:fs'
import { type DocumentNode, Kind, parse, specifiedRules, validate } from 'graphql'
import { expect, test } from 'vitest'
import { limitRules } from './limits.ts'
import { makeSchema } from './schema.ts'

const schema = makeSchema()
const faults = (query: string | DocumentNode) =>
  validate(schema, typeof query === 'string' ? parse(query) : query, [...specifiedRules, ...limitRules]).map(
    error => error.message,
  )

test('fragments that spread the next one twice are measured once each', () => {
  const last = 25
  const fragments = Array.from({ length: last + 1 }, (_, i) =>
    i === last ? `fragment f${i} on Query { head }` : `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`,
  )
  expect(faults(`{ ...f0 ...f0 } ${fragments.join(' ')}`)).toEqual([expect.stringContaining('asks for too much')])
  expect(faults('{ ...f0 } fragment f0 on Query { head ...f0 }')).toEqual([expect.stringContaining('itself')])
})

test('what a fragment holds counts wherever it is spread', () => {
  const deep =
    'parent { parent { parent { parent { parent { parent { parent { parent { parent { parent { code } } } } } } } } } }'
  expect(faults(`{ areas { ...f } } fragment f on Area { ${deep} }`)).toEqual([])
  expect(faults(`{ areas { parent { ...f } } } fragment f on Area { ${deep} }`)).toEqual([
    expect.stringContaining('at most 12 levels deep, here 13'),
  ])
})

const cohort = 'from: "2026-03-01T00:00:00Z", to: "2026-03-02T00:00:00Z"'
test.each([
  `slaSummary(${cohort}) { key }`,
  `flow(${cohort}, step: "PT1H") { open }`,
  `rates(${cohort}) { reported }`,
  'workers(asOf: { at: "2026-03-01T00:00:00Z" }) { id }',
  'incidents(filter: { text: "a" }, first: 1) { totalCount }',
  'incidents(filter: $filter, first: 1) { totalCount }',
  `track(worker: "w", ${cohort}, reason: "r") { lengthM }`,
])('sixty times %s is too much, ten times is not', field => {
  const head = field.includes('$filter') ? 'query($filter: IncidentFilter)' : ''
  const times = (n: number) => `${head} { ${Array.from({ length: n }, (_, i) => `a${i}: ${field}`).join(' ')} }`
  expect(faults(times(60))).toEqual([expect.stringContaining('asks for too much')])
  expect(faults(times(10))).toEqual([])
})

test('each document of the wall is allowed', () => {
  const { definitions } = parse(readFileSync(new URL('../../web/graphql/operations.graphql', import.meta.url), 'utf8'))
  const rules = limitRules
  const operations = definitions.filter(definition => definition.kind === Kind.OPERATION_DEFINITION)
  const fragments = definitions.filter(definition => definition.kind === Kind.FRAGMENT_DEFINITION)
  expect(operations.length).toBeGreaterThan(1)
  for (const operation of operations)
    expect(validate(schema, { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] }, rules)).toEqual([])
})
