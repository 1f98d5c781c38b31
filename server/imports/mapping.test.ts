import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkMapping, incidentsMapping, positionsMapping, workersMapping } from './mapping.ts'
import { schemaTexts } from './writeSchemas.ts'

const root = new URL('../../', import.meta.url)

test.each(Object.entries(schemaTexts()))('docs/schemas/%s is what the code reads', (name, text) => {
  expect(readFileSync(new URL(`docs/schemas/${name}`, root), 'utf8')).toBe(text)
})

test('every fault of a mapping is told with its place', () => {
  const result = checkMapping(workersMapping, {
    kind: 'workers',
    name: 'x',
    timezone: 'Mars/Base',
    id: { colum: 'id' },
  })
  expect(!result.ok && result.faults).toEqual([
    expect.stringContaining('timezone: is not an IANA time zone'),
    expect.stringContaining('id: '),
    expect.stringContaining('workerName: '),
    expect.stringContaining('role: '),
  ])
})

test('assignments without a worker are refused', () => {
  const mapping = {
    kind: 'incidents',
    name: 'x',
    group: { by: 'no' },
    number: { column: 'no' },
    source: { value: 'x' },
    category: { from: { value: 'x' } },
    milestones: { reported: { column: 'in' }, arrived: { column: 'there' } },
  }
  const result = checkMapping(incidentsMapping, mapping)
  expect(!result.ok && result.faults.join()).toContain('say who with "worker"')
})

test('a place pattern must name both degrees', () => {
  const mapping = {
    kind: 'positions',
    name: 'x',
    worker: { column: 'w' },
    at: 't',
    place: { column: 'p', pattern: '(lat)' },
  }
  expect(checkMapping(positionsMapping, mapping).ok).toBe(false)
  expect(checkMapping(positionsMapping, { ...mapping, place: { column: 'p', pattern: 'POINT(lng lat)' } }).ok).toBe(
    true,
  )
})
