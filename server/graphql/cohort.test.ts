import { afterEach, beforeEach, expect, test } from 'vitest'
import { MEASURES } from '#domain/figures/measures.ts'
import { CLOCK_MEASURES } from '#domain/sla/clockMeasures.ts'
import { DISPATCHER, EAST, MINUTE, T0, testWorld, WEST, type World } from './testWorld.ts'

let world: World
let desk: string
beforeEach(async () => {
  world = await testWorld()
  desk = await world.token('leader', ['310101'])
})
afterEach(() => world.close())

const iso = (at: number) => new Date(at).toISOString()
const LEADER = { ...DISPATCHER, tokenId: 'leader', role: 'leader' as const }
const OTHER = { ...DISPATCHER, tokenId: 'who did not resolve it' }
const at = (minutes: number) => {
  world.clock.now = T0 + minutes * MINUTE
}
const ask = async (query: string, variables: object = {}, token = desk) => {
  const answer = await world.ask(query, { token, variables })
  expect(answer.errors).toBeUndefined()
  return answer.data
}
const nameOf = (measure: string) => measure.replace(/[A-Z]/g, letter => `_${letter}`).toUpperCase()
const period = `from: "${iso(T0)}", to: "${iso(T0 + 120 * MINUTE)}"`
const RATES = 'reported resolved closed closedOnTime rated satisfied completion onTimeClosure satisfaction'
const CLOCKS =
  'key clock cohort met breached running paused pending notApplicable attainment coverage p50Ms p90Ms late removedAfterBreach'
const COUNTS = 'cohort signalled open awaiting voided merged unlocated toldLate'

/** West: one done well and praised, one mistake. East: nobody came. One is known by its area only, and told late. */
async function morning(): Promise<void> {
  const west = await world.does({ verb: 'report', category: 'rubbish', place: WEST })
  const mistake = await world.does({ verb: 'report', category: 'rubbish', place: WEST })
  await world.does({ verb: 'report', category: 'fire', place: EAST })
  await world.does({ verb: 'void', incident: mistake, reason: '误报' })
  await world.does({ verb: 'dispatch', incident: west, assignee: 'w-west' })
  at(2)
  await world.does({ verb: 'accept', incident: west, assignee: 'w-west' })
  at(10)
  await world.does({ verb: 'resolve', incident: west, assignee: 'w-west' })
  at(11)
  await world.does({ verb: 'verify', incident: west }, OTHER)
  await world.does({ verb: 'rate', incident: west, score: 5 }, OTHER)
  await world.does({ verb: 'close', incident: west })
  at(70)
  await world.does({
    verb: 'report',
    category: 'rubbish',
    area: '31010100201',
    at: T0 + 65 * MINUTE,
    sentAt: T0 + 70 * MINUTE,
  })
}

test('one pass gives what the summaries and the rates give, by each grouping', async () => {
  await morning()
  const groups = ['AREA', 'CATEGORY', 'HOUR']
  const summaries = groups.map(
    by => `${by}: slaSummary(${period}, filter: { area: "310101" }, groupBy: ${by}) { ${CLOCKS} }`,
  )
  const { cohort, rates, whole, ...by } = await ask(`{
    cohort(${period}, filter: { area: "310101" }, groupBy: [${groups.join(', ')}], step: "PT1H") {
      whole { key ${RATES} ${COUNTS} trend clocks { ${CLOCKS} } }
      groups { by rows { key area { name } cohort reported trend clocks { ${CLOCKS} } } } }
    rates(${period}) { ${RATES} }
    whole: slaSummary(${period}) { ${CLOCKS} }
    ${summaries.join('\n')} }`)
  expect(cohort.whole).toMatchObject(rates)
  expect(cohort.whole.clocks).toEqual(whole)
  expect(cohort.whole).toMatchObject({ cohort: 4, reported: 3, open: 2, voided: 1, unlocated: 1, toldLate: 1 })
  expect(cohort.whole.trend).toEqual([2, 1])
  for (const { by: name, rows } of cohort.groups) {
    const counted = rows.filter((row: { cohort: number }) => row.cohort > 0)
    expect(counted.flatMap((row: { clocks: object[] }) => row.clocks)).toEqual(by[name])
  }
  expect(cohort.groups[0].rows.map((row: { key: string; area: { name: string } }) => [row.key, row.area.name])).toEqual(
    [
      ['310101001', '西苑'],
      ['310101002', '东苑'],
    ],
  )
  expect(cohort.groups[2].rows).toHaveLength(24)
})

test('every figure opens to as many incidents as it counts', async () => {
  await morning()
  const { cohort } = await ask(
    `{ cohort(${period}, groupBy: [AREA, HOUR]) { whole { ${RATES} ${COUNTS} } groups { by rows { key ${RATES} ${COUNTS} } } } }`,
  )
  const listed = async (filter: object) => {
    const { incidents } = await ask('query ($filter: IncidentFilter) { incidents(filter: $filter) { totalCount } }', {
      filter: { from: iso(T0), to: iso(T0 + 120 * MINUTE), ...filter },
    })
    return incidents.totalCount
  }
  for (const measure of MEASURES) {
    const name = nameOf(measure)
    expect([measure, await listed({ measure: name })]).toEqual([measure, cohort.whole[measure]])
    for (const { by, rows } of cohort.groups)
      for (const row of rows.filter((each: { cohort: number }) => each.cohort > 0))
        expect([by, row.key, await listed({ measure: name, group: { by, key: row.key } })]).toEqual([
          by,
          row.key,
          row[measure],
        ])
  }
})

test('what a clock counts beside its states opens to those incidents, and is refused without its clock', async () => {
  await morning()
  const fire = await world.does({ verb: 'report', category: 'fire', place: EAST, at: T0 + 30 * MINUTE })
  await world.does({ verb: 'accept', incident: fire, assignee: 'w-east', at: T0 + 33 * MINUTE })
  await world.does({ verb: 'void', incident: fire, reason: '误报' }, LEADER)
  const found = await world.does({ verb: 'report', category: 'fire', place: EAST, at: T0 + 40 * MINUTE })
  await world.does({ verb: 'accept', incident: found, assignee: 'w-east', at: T0 + 43 * MINUTE })
  const list = `query ($filter: IncidentFilter) { incidents(filter: $filter) { nodes { id } totalCount } }`
  const { slaSummary } = await ask(`{ slaSummary(${period}) { clock late removedAfterBreach } }`)
  expect(slaSummary).toMatchObject([
    { clock: 'discover', late: 0, removedAfterBreach: 0 },
    { clock: 'respond', late: 1, removedAfterBreach: 0 },
    { clock: 'resolve', late: 0, removedAfterBreach: 1 },
  ])
  const behind = { 'respond DECIDED_LATE': [found], 'resolve REMOVED_AFTER_BREACH': [fire] } as Record<string, string[]>
  for (const { clock } of slaSummary) {
    for (const name of CLOCK_MEASURES.map(nameOf)) {
      const { incidents } = await ask(list, { filter: { measure: name, clock } })
      const ids = behind[`${clock} ${name}`] ?? []
      expect([clock, name, incidents]).toEqual([
        clock,
        name,
        { nodes: ids.map(id => ({ id })), totalCount: ids.length },
      ])
    }
  }
  for (const name of CLOCK_MEASURES.map(nameOf)) {
    const filter = `filter: { measure: ${name} }`
    for (const query of [
      `{ incidents(${filter}) { totalCount } }`,
      `{ cohort(${period}, ${filter}) { position } }`,
      `{ slaSummary(${period}, ${filter}) { clock } }`,
      `{ rates(${period}, ${filter}) { reported } }`,
      `{ flow(${period}, step: "PT1H", ${filter}) { from } }`,
    ]) {
      const { errors } = await world.ask(query, { token: desk })
      expect(errors?.[0]).toMatchObject({
        message: `filter.measure ${name} is counted for one clock: name it in filter.clock, as in { measure: ${name}, clock: "respond" }`,
        extensions: { code: 'BAD_INPUT' },
      })
    }
  }
})

test('what was known at an instant is told again to the last figure, with the position of that time', async () => {
  await morning()
  const fields = `position whole { ${RATES} ${COUNTS} dutyMs clocks { ${CLOCKS} } } groups { rows { key cohort } }`
  const then = world.clock.now
  const { cohort: before } = await ask(`{ cohort(${period}, groupBy: [CATEGORY]) { ${fields} } }`)
  expect(before.position).toBe(await world.store.head())
  at(90)
  await world.does({ verb: 'report', category: 'fire', place: WEST, at: T0 + 60 * MINUTE })
  const again = `asOf: { at: "${iso(then)}", knownAt: "${iso(then)}" }`
  const { cohort: after, now } = await ask(
    `{ cohort(${period}, groupBy: [CATEGORY], ${again}) { ${fields} } now: cohort(${period}) { position } }`,
  )
  expect(after).toEqual(before)
  expect(now.position).toBeGreaterThan(before.position)
})

test('the worst are those longest over their limits, and time on duty is counted where people belong', async () => {
  world.clock.now = T0 - 60 * MINUTE
  await world.positions.setDuty(DISPATCHER, 'w-west', true, { commandId: world.app.random.uuid() })
  at(0)
  await morning()
  const { cohort } = await ask(
    `{ cohort(${period}, groupBy: [AREA], worst: 2) { worst { clock overMs ended incident { area { code } } }
      whole { dutyMs } groups { rows { key dutyMs } } } }`,
  )
  expect(cohort.worst).toMatchObject([
    { clock: 'respond', overMs: 65 * MINUTE, ended: false },
    { clock: 'resolve', overMs: 55 * MINUTE, ended: false },
  ])
  expect(cohort.whole.dutyMs).toBe(70 * MINUTE)
})

test('figures end where the scope of the viewer ends', async () => {
  await morning()
  const token = await world.token('leader', ['310101001'])
  const { cohort } = await ask(
    `{ cohort(${period}, filter: { area: "310101" }, groupBy: [AREA], worst: 9) {
    whole { cohort } groups { rows { key } } worst { incident { id } } } }`,
    {},
    token,
  )
  expect(cohort.whole.cohort).toBe(2)
  expect(cohort.groups[0].rows).toEqual([{ key: '310101001' }])
  expect(cohort.worst).toEqual([])
})
