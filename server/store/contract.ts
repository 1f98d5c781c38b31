/** What every event store does, whichever engine it stands on. Each test opens a store of its own. */
import { afterEach, expect, test } from 'vitest'
import type { DutyFactType } from '#domain/incident/facts.ts'
import { positionsContract } from './contractPositions.ts'
import {
  batchOf,
  duty,
  fix,
  MINUTE,
  type Opened,
  read,
  report,
  sampleLife,
  samplePolicy,
  T0,
  type TestDatabase,
  tell,
  tellAll,
} from './contractSamples.ts'
import { canonicalJson, eventHash, FIRST_PREVIOUS_HASH } from './eventHash.ts'
import type { EventStore, IncidentQuery } from './eventStore.ts'

/** The hash of the last of `sampleLife`: the same on both engines, and tomorrow. */
const GOLDEN_HASH = '5873e2eba855ee44cef1c0800d1a677227d974c7cdb678a4d7622b2f859559b0'

export function storeContract(database: () => Promise<TestDatabase>): void {
  const toDrop: TestDatabase[] = []
  const toClose: EventStore[] = []
  afterEach(async () => {
    for (const store of toClose.splice(0)) await store.close()
    for (const made of toDrop.splice(0)) await made.drop()
  })

  async function openOne(): Promise<Opened> {
    const made = await database()
    toDrop.push(made)
    const another = async () => {
      const store = await made.open()
      toClose.push(store)
      return store
    }
    const store = await another()
    await store.reference.putPolicies([samplePolicy])
    return { store, another, sql: made.sql }
  }
  positionsContract(openOne)

  const idsOf = (store: EventStore, query: IncidentQuery) =>
    read(store, async snapshot => (await snapshot.incidents(query)).map(({ incident }) => incident.id))

  test('what was appended is read back, whole and in order', async () => {
    const { store } = await openOne()
    expect(await store.head()).toBe(0)
    expect(await tellAll(store, sampleLife.slice(0, 3))).toEqual(
      [1, 2, 3].map(position => ({ kind: 'appended', position })),
    )
    const events = await read(store, snapshot => snapshot.events({ after: 1, limit: 10 }))
    expect(events.map(({ position, stream, version }) => [position, stream, version])).toEqual([
      [2, 'incident:i000002', 1],
      [3, 'incident:i000003', 1],
    ])
    expect(events[0]?.data).toEqual(sampleLife[1]?.streams[0]?.events[0]?.data)
    expect(await read(store, snapshot => snapshot.events({ after: 0, limit: 10, stream: 'incident:i000003' }))).toEqual(
      [events[1]],
    )
  })

  test('the log is a chain of hashes over canonical JSON, the same on every engine', async () => {
    const { store } = await openOne()
    await tellAll(store, sampleLife)
    const events = await read(store, snapshot => snapshot.events({ after: 0, limit: 100 }))
    let previous = FIRST_PREVIOUS_HASH
    for (const { previousHash, hash, ...columns } of events) {
      expect(previousHash).toBe(previous)
      expect(hash).toBe(eventHash({ ...columns, previousHash }, canonicalJson(columns.data)))
      previous = hash
    }
    expect(previous).toBe(GOLDEN_HASH)
  })

  test('you read what you wrote: an incident with its title, version and facts', async () => {
    const { store } = await openOne()
    await tellAll(store, sampleLife)
    const [record] = await read(store, snapshot => snapshot.incidents({ ids: ['i000001'] }))
    expect(record?.title).toBe('占道经营 1')
    expect(record?.version).toBe(7)
    expect(record?.position).toBe(sampleLife.length)
    expect(record?.incident.status).toBe('closed')
    expect(record?.incident.facts.map(({ type }) => type)).toEqual([
      'reported',
      'dispatched',
      'accepted',
      'paused',
      'resumed',
      'resolved',
      'closed',
    ])
  })

  test.for([
    ['any', 0, true],
    ['any', 1, true],
    ['none', 0, true],
    ['none', 1, false],
    ['exists', 0, false],
    ['exists', 1, true],
    [0, 0, true],
    [1, 1, true],
    [2, 1, false],
  ] as const)('expecting %s of a stream with %i events: taken %s', async ([expected, length, isTaken]) => {
    const { store } = await openOne()
    if (length > 0) await store.append(duty('w1', 'dutyStarted', T0))
    const append = duty('w1', 'dutyEnded', T0 + MINUTE)
    const result = await store.append({ ...append, streams: append.streams.map(stream => ({ ...stream, expected })) })
    expect(result).toEqual(
      isTaken
        ? { kind: 'appended', position: length + 1 }
        : { kind: 'versionConflict', stream: 'worker:w1', actual: length },
    )
    expect(await store.head()).toBe(isTaken ? length + 1 : length)
  })

  test('a command is done once: the same request gets the first result, another is a conflict', async () => {
    const { store } = await openOne()
    const first = report(1, { command: 'c1' })
    expect(await store.append(first)).toEqual({ kind: 'appended', position: 1 })
    await store.append(report(2))
    expect(await store.append(first)).toEqual({ kind: 'replayed', position: 1 })
    const other = { ...report(3), command: { id: 'c1', requestHash: 'other' } }
    expect(await store.append(other)).toEqual({ kind: 'commandConflict' })
    expect(await store.head()).toBe(2)
    expect(await store.command('c1')).toMatchObject({ requestHash: 'request', position: 1, stream: 'incident:i000001' })
    expect(await store.command('c9')).toBeNull()
  })

  test('what a command was answered with is kept with it', async () => {
    const { store, another } = await openOne()
    const result = { accepted: 3, refused: [{ index: 1, reason: 'offDuty' }] }
    await store.append({
      command: { id: 'c1', requestHash: 'r', result },
      recordedAt: T0,
      streams: [],
      personal: [],
    })
    await store.append(report(1, { command: 'c2' }))
    const other = await another()
    expect(await other.command('c1')).toMatchObject({ requestHash: 'r', position: 0, stream: null, result })
    expect(await other.command('c2')).toMatchObject({ stream: 'incident:i000001', result: null })
    expect(await other.command('c3')).toBeNull()
  })

  test('the highest number of a day is known, beyond 999 too', async () => {
    const { store } = await openOne()
    const highest = (prefix: string) => read(store, snapshot => snapshot.highestNumber(prefix))
    expect(await highest('260302-')).toBeNull()
    for (const [i, number] of ['260302-007', '260302-999', '260301-2000', '260303-001', 'S-1'].entries())
      await store.append(report(i + 1, { number }))
    expect(await highest('260302-')).toBe('260302-999')
    await store.append(report(9, { number: '260302-1000' }))
    expect(await highest('260302-')).toBe('260302-1000')
    for (const [i, number] of ['260302-01A', '260302-2000B', '260302-9 9', '260302-'].entries())
      await store.append(report(20 + i, { number }))
    expect(await highest('260302-')).toBe('260302-1000')
  })

  test('the same command twice at once is done once', async () => {
    const { store } = await openOne()
    const results = await Promise.all([1, 2, 3].map(() => store.append(report(1, { command: 'c1' }))))
    expect(results.map(({ kind }) => kind)).toEqual(['appended', 'replayed', 'replayed'])
  })

  test('a number belongs to one incident; the others of the same commit go on', async () => {
    const { store } = await openOne()
    const results = await Promise.all([report(1), report(2, { number: 'S-1' }), report(3)].map(store.append))
    expect(results).toEqual([
      { kind: 'appended', position: 1 },
      { kind: 'numberTaken', number: 'S-1' },
      { kind: 'appended', position: 2 },
    ])
    expect(await store.append(report(4, { number: 'S-3' }))).toEqual({ kind: 'numberTaken', number: 'S-3' })
  })

  test('an append to several streams is taken whole or not at all', async () => {
    const { store } = await openOne()
    const [one, two] = [report(1), report(2)]
    const streams = [...one.streams, ...two.streams.map(stream => ({ ...stream, expected: 'exists' as const }))]
    expect(await store.append({ ...one, streams })).toMatchObject({ kind: 'versionConflict', actual: 0 })
    expect(await store.head()).toBe(0)
    expect(await idsOf(store, {})).toEqual([])
  })

  test('one append that cannot be written does not take down those committed with it', async () => {
    const { store } = await openOne()
    await store.append(duty('w1', 'dutyStarted', T0))
    const again = duty('w1', 'dutyStarted', T0) // the same event id
    const results = await Promise.allSettled([report(1), again, report(2)].map(store.append))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await store.head()).toBe(3)
  })

  test('recordedAt never decreases with position', async () => {
    const { store } = await openOne()
    await tellAll(store, [duty('w1', 'dutyStarted', T0, T0 + 5000), duty('w1', 'dutyEnded', T0 + 10, T0 + 1000)])
    const events = await read(store, snapshot => snapshot.events({ after: 0, limit: 10 }))
    expect(events.map(({ recordedAt }) => recordedAt)).toEqual([T0 + 5000, T0 + 5000])
  })

  test('positions are gapless while two processes append at once', async () => {
    const { store, another } = await openOne()
    const other = await another()
    const appends = Array.from({ length: 200 }, (_, no) => (no % 2 ? store : other).append(report(no)))
    const results = await Promise.all(appends)
    expect(
      results.map(result => 'position' in result && result.position).toSorted((a, b) => Number(a) - Number(b)),
    ).toEqual(Array.from({ length: 200 }, (_, i) => i + 1))
    expect(await store.verify()).toEqual([])
  })

  test('many appends that wait are written together, and all of them are there for the next process', async () => {
    const { store, another } = await openOne()
    let commits = 0
    store.onCommit(() => commits++)
    await Promise.all(Array.from({ length: 500 }, (_, no) => store.append(report(no))))
    expect(commits).toBeLessThan(10)
    expect(await (await another()).head()).toBe(500)
  })

  test('a snapshot stands still while the store goes on', async () => {
    const { store } = await openOne()
    await store.append(report(1))
    const snapshot = await store.snapshot()
    await store.append(report(2))
    expect(await snapshot.head()).toBe(1)
    expect(await snapshot.countIncidents({})).toBe(1)
    await snapshot.close()
    expect(await read(store, later => later.countIncidents({}))).toBe(2)
  })

  test('incidents are found by each condition, newest first', async () => {
    const { store } = await openOne()
    await tellAll(store, sampleLife)
    expect(await idsOf(store, {})).toEqual(['i000003', 'i000002', 'i000001'])
    expect(await idsOf(store, { open: true })).toEqual(['i000003', 'i000002'])
    expect(await idsOf(store, { open: false })).toEqual(['i000001'])
    expect(await idsOf(store, { scope: ['310115005'] })).toEqual(['i000002', 'i000001'])
    expect(await idsOf(store, { scope: ['310115005'], everPlaced: true })).toEqual(['i000003', 'i000002', 'i000001'])
    expect(await idsOf(store, { scope: ['310115'], areas: ['310115006', '310115005001'] })).toEqual([
      'i000003',
      'i000001',
    ])
    expect(await idsOf(store, { scope: ['310115006'], areas: ['310115005'] })).toEqual([])
    expect(await idsOf(store, { scope: [] })).toEqual([])
    expect(await idsOf(store, { areas: ['310115006'], open: true })).toEqual(['i000003'])
    expect(await idsOf(store, { category: ['water'], status: ['closed'], source: ['hotline'] })).toEqual(['i000001'])
    expect(await idsOf(store, { tier: ['major'] })).toEqual(['i000003'])
    expect(await idsOf(store, { from: T0 + 2000, to: T0 + 3000 })).toEqual(['i000002'])
    expect(await idsOf(store, { areas: ['310115'], from: T0 + 2000, to: T0 + 3000 })).toEqual(['i000002'])
    expect(await idsOf(store, { firstActor: 'worker:w1', scope: ['310115005'] })).toEqual(['i000002', 'i000001'])
    expect(await idsOf(store, { firstActor: 'worker:w2' })).toEqual([])
    expect(await idsOf(store, { firstAtMost: T0 + 1000 })).toEqual(['i000001'])
    expect(await idsOf(store, { text: '经营 2' })).toEqual(['i000002'])
    expect(await idsOf(store, { text: 's-3' })).toEqual(['i000003'])
    expect(await idsOf(store, { text: '%' })).toEqual([])
    const changed = { at: T0 + 14 * MINUTE, recordedAt: T0 + 14 * MINUTE }
    expect(await idsOf(store, { openOrChangedAfter: changed })).toEqual(['i000003', 'i000002'])
    expect(await idsOf(store, { openOrChangedAfter: { ...changed, at: T0 } })).toHaveLength(3)
    expect(await read(store, snapshot => snapshot.countIncidents({ areas: ['310115005'], open: false }))).toBe(1)
  })

  test('pages of incidents follow one another, through ties and within an area', async () => {
    const { store } = await openOne()
    await Promise.all(Array.from({ length: 10 }, (_, no) => store.append(report(no, { at: T0 + (no % 3) }))))
    for (const scope of [undefined, ['310115']]) {
      const all = await read(store, snapshot => snapshot.incidents({ ...(scope && { scope }) }))
      const paged: string[] = []
      for (let after: IncidentQuery['after']; ; ) {
        const page = await read(store, s => s.incidents({ limit: 3, ...(scope && { scope }), ...(after && { after }) }))
        if (page.length === 0) break
        paged.push(...page.map(({ incident }) => incident.id))
        const last = page.at(-1)?.incident
        after = last && { firstAt: last.firstAt, id: last.id }
      }
      expect(paged).toEqual(all.map(({ incident }) => incident.id))
      expect(paged).toHaveLength(10)
    }
  })

  test('areas count the incidents of a day and those that are open, and follow a correction', async () => {
    const { store } = await openOne()
    await tellAll(store, sampleLife)
    const counts = await read(store, snapshot => snapshot.areaCounts({ days: ['2026-03-02'] }))
    expect(counts).toEqual(
      [
        ['310115', 3, 2],
        ['310115005', 2, 1],
        ['310115005001', 1, 0],
        ['310115005002', 1, 1],
        ['310115006', 1, 1],
      ].map(([area, cohort, open]) => ({ area, day: '2026-03-02', cohort, open })),
    )
    expect(await read(store, s => s.areaCounts({ areas: ['310115006'], days: ['2026-03-03'] }))).toEqual([])
    const standing = await read(store, s => s.areaCounts({ areas: ['310115005001', '310115005002'], open: true }))
    expect(standing.map(({ area }) => area)).toEqual(['310115005002'])
    await store.reference.putSetting('timezone', 'America/Los_Angeles')
    expect(await read(store, s => s.areaCounts({ areas: ['310115006'] }))).toMatchObject([{ day: '2026-03-01' }])
    expect(await store.verify()).toEqual([])
  })

  test('duty is known from its facts, in the order in which they happened', async () => {
    const { store } = await openOne()
    const facts: [DutyFactType, number][] = [
      ['dutyStarted', 60],
      ['dutyEnded', 30],
      ['dutyStarted', 10],
      ['dutyStarted', 65],
    ]
    for (const [type, minute] of facts) await store.append(duty('w1', type, T0 + minute * MINUTE, T0))
    expect(await read(store, snapshot => snapshot.workerStates())).toEqual([
      { id: 'w1', onDuty: true, since: T0 + 60 * MINUTE, position: 4 },
    ])
    const spans = await read(store, snapshot => snapshot.dutySpans({ from: T0, to: T0 + 100 * MINUTE }))
    expect(spans.map(({ from, to }) => [(from - T0) / MINUTE, to && (to - T0) / MINUTE])).toEqual([
      [10, 30],
      [60, null],
    ])
    const within = { worker: 'w1', from: T0 + 30 * MINUTE, to: T0 + 60 * MINUTE }
    expect(await read(store, snapshot => snapshot.dutySpans(within))).toEqual([])
  })

  test('timers fall due after the deadline, until the breach is on record; pauses move them', async () => {
    const { store } = await openOne()
    expect(await store.nextDeadline()).toBeNull()
    const at = T0 + 1000
    await store.append(report(1))
    const respond = { incident: 'i000001', clock: 'respond', deadline: at + 5 * MINUTE }
    const resolve = { incident: 'i000001', clock: 'resolve', deadline: at + 15 * MINUTE }
    expect(await store.nextDeadline()).toBe(respond.deadline)
    expect(await store.dueTimers(respond.deadline, 10)).toEqual([]) // reaching the limit is no breach
    expect(await store.dueTimers(respond.deadline + 1, 10)).toEqual([respond])
    expect(await store.dueTimers(at + 60 * MINUTE, 10)).toEqual([respond, resolve])
    expect(await store.dueTimers(at + 60 * MINUTE, 1)).toEqual([respond])
    const breach = { clock: 'respond', deadline: respond.deadline, policyVersion: 1 }
    await store.append(tell('i000001', 'clockBreached', respond.deadline, breach))
    expect(await store.nextDeadline()).toBe(resolve.deadline)
    await store.append(tell('i000001', 'paused', at + 6 * MINUTE, {}))
    expect(await store.nextDeadline()).toBeNull()
    await store.append(tell('i000001', 'resumed', at + 8 * MINUTE, {}))
    expect(await store.nextDeadline()).toBe(resolve.deadline + 2 * MINUTE)
    await store.append(tell('i000001', 'resolved', at + 9 * MINUTE, {}))
    expect(await store.nextDeadline()).toBeNull()
  })

  test('an incident under a policy that the store does not have is refused loudly', async () => {
    const { store } = await openOne()
    const under = tell('i1', 'classified', T0 + MINUTE, { policy: { id: 'unknown', version: 3 } })
    await store.append({ ...report(1) })
    await expect(
      store.append({ ...under, streams: under.streams.map(s => ({ ...s, stream: 'incident:i000001' as const })) }),
    ).rejects.toThrow('version 3 of policy unknown')
    expect(await store.head()).toBe(1)
  })

  test('when a source was last heard of: by a fact of its incidents or by a fix', async () => {
    const { store, sql } = await openOne()
    const heard = (source: string) => read(store, s => s.lastHeard(source))
    expect(await heard('app')).toBeNull()
    await tellAll(store, [report(1), report(2), tell('i000001', 'closed', T0, {}, { recordedAt: T0 + 9 * MINUTE })])
    expect(await heard('hotline')).toBe(T0 + 9 * MINUTE)
    await tellAll(store, [duty('w1', 'dutyStarted', T0), duty('w2', 'dutyStarted', T0)])
    await store.recordPositions(batchOf([{ ...fix('w1', T0 + 5), recordedAt: T0 + 7 }]))
    await store.recordPositions(
      batchOf([
        { ...fix('w1', T0), recordedAt: T0 + 8 },
        { ...fix('w2', T0), recordedAt: T0 + 6 },
      ]),
    )
    expect(await heard('app')).toBe(T0 + 8)
    await store.recordPositions(batchOf([{ ...fix('w2', T0 + 1), source: 'hotline', recordedAt: T0 + 10 * MINUTE }]))
    expect(await heard('hotline')).toBe(T0 + 10 * MINUTE)
    await sql('delete from position_sources')
    expect(await store.verify()).toContain('position_sources app: was heard at another time')
    await store.rebuild()
    expect(await heard('app')).toBe(T0 + 8)
  })

  test('a person is erased: value, salt and title go, the log stays whole', async () => {
    const { store } = await openOne()
    await tellAll(store, [report(1), report(2)])
    expect(await read(store, s => s.personal(['i000001', 'i000002', 'x']))).toMatchObject([
      { subject: 'i000001', value: '占道经营 1', salt: 'salt1' },
      { subject: 'i000002' },
    ])
    expect(await store.erasePersonal('i000001')).toBe(1)
    expect(await store.erasePersonal('i000001')).toBe(0)
    expect(await read(store, s => s.personal(['i000001']))).toEqual([])
    expect((await read(store, s => s.incidents({ ids: ['i000001'] })))[0]?.title).toBeNull()
    expect(await store.verify()).toEqual([])
    await store.rebuild()
    expect((await read(store, s => s.incidents({ ids: ['i000001'] })))[0]?.title).toBeNull()
  })

  test('projections that were lost or changed are rebuilt equal', async () => {
    const { store, sql } = await openOne()
    await tellAll(store, sampleLife)
    await store.recordPositions(batchOf([fix('w1', T0)]))
    expect(await store.verify()).toEqual([])
    for (const table of ['incident_areas', 'clocks', 'area_counts', 'worker_states', 'last_positions'])
      await sql(`delete from ${table}`)
    await sql("update incidents set number = 'S-9', title = null where id = 'i000001'")
    await sql("update incidents set number = 'S-1', status = 'closed' where id = 'i000002'")
    await sql("insert into duty_spans (worker, from_at) values ('w1', 5), ('ghost', 5)")
    const wrong = await store.verify()
    expect(wrong).toContain('incidents i000001: differs from its replay')
    expect(wrong).toContain('clocks i000002 resolve: missing')
    expect(wrong).toContain('duty_spans ghost: the log knows nothing of it')
    await store.rebuild()
    expect(await store.verify()).toEqual([])
  })

  test('projections that an earlier version made are rebuilt when the store is opened, those of a later one refused', async () => {
    const { store, another, sql } = await openOne()
    await tellAll(store, sampleLife)
    await sql('update incidents set first_actor = null')
    await sql('update log_head set projection_version = 0')
    const opened = await another()
    expect(await idsOf(opened, { firstActor: 'worker:w1' })).toHaveLength(3)
    expect(await opened.verify()).toEqual([])
    await sql('update log_head set projection_version = 1000')
    await expect(another()).rejects.toThrow('newer')
  })

  test.for([
    ["update events set data = '{}' where position = 5", 'position 5: its hash does not fit what it says'],
    ["update events set actor = 'somebody' where position = 5", 'position 5: its hash does not fit what it says'],
    ['delete from events where position = 5', 'position 5: missing before 6'],
    ['delete from events where position = 15', 'log head: says position 15, the log ends at 14'],
    ["update personal set value = 'else' where subject = 'i000002'", 'differs from its digest in the log'],
    ["delete from personal where subject = 'i000002'", 'missing, and was not erased'],
    [
      "insert into personal (subject, field, value, salt) values ('r1', 'name', 'A', 's')",
      'r1 name: the log has no digest',
    ],
    ["delete from commands where id = 'c3'", 'command c3: missing, its facts are in the log'],
    ["update commands set position = 2 where id = 'c1'", 'command c1: points to another place'],
    ["update commands set stream = 'incident:i000003' where id = 'c2'", 'command c2: points to another place'],
    [
      "insert into commands (id, request_hash, position, stream) values ('c9', 'r', 1, 'incident:i000001')",
      'command c9: the log has no fact of it',
    ],
    ['update clocks set due_at = 5', 'differs from its replay'],
    ['update area_counts set open = 7', 'differs from its replay'],
  ] as const)('verify finds tampering: %s', async ([statement, finding]) => {
    const { store, sql } = await openOne()
    await tellAll(store, sampleLife)
    await sql(statement)
    expect((await store.verify()).join('\n')).toContain(finding)
  })

  test('reference rows are put, replaced and read, and every change raises the revision', async () => {
    const { store, another } = await openOne()
    const { reference } = store
    const before = await reference.revision()
    const area = { code: '310115', validFrom: null, validTo: null, parent: null, level: 'district', name: '浦东' }
    const rest = { households: 7, geometry: null, properties: { note: 'x' } }
    await reference.putAreas([{ ...area, ...rest, name: 'old' }])
    await reference.putAreas([
      { ...area, ...rest },
      { ...area, ...rest, validFrom: T0 },
    ])
    expect(await reference.areas()).toEqual([
      { ...area, ...rest },
      { ...area, ...rest, validFrom: T0 },
    ])
    const category = { id: 'water', name: '积水', symbol: 'drop', autoConfirm: true }
    await reference.putCategories([category])
    expect(await reference.categories()).toEqual([category])
    const worker = { id: 'w1', name: '张三', role: 'fullTime', area: '310115', leads: ['310115'], telephone: null }
    await reference.putWorkers([worker])
    expect(await reference.workers()).toEqual([worker])
    const device = { key: 'k', worker: 'w1', validFrom: T0, validTo: null }
    await reference.putDevices([device])
    expect(await reference.devices()).toEqual([device])
    await reference.putSetting('name', { zh: '锦汀街道' })
    expect(await reference.settings()).toEqual({ name: { zh: '锦汀街道' } })
    expect(await (await another()).reference.revision()).toBe(before + 6)
  })

  test('a version of a policy never changes', async () => {
    const { store } = await openOne()
    await store.reference.putPolicies([samplePolicy])
    const next = { ...samplePolicy, version: 2, choice: { tier: 'hard' as const } }
    await store.reference.putPolicies([samplePolicy, next])
    expect(await store.reference.policies()).toEqual([samplePolicy, next])
    await expect(store.reference.putPolicies([{ ...next, atRiskFraction: 0.5 }])).rejects.toThrow('cannot change')
    const reordered = { ...samplePolicy, clocks: Object.fromEntries(Object.entries(samplePolicy.clocks).reverse()) }
    await expect(store.reference.putPolicies([reordered])).rejects.toThrow('cannot change')
  })

  test('looks at tracks are kept, newest first, and raise no revision', async () => {
    const { store, another } = await openOne()
    const before = await store.reference.revision()
    const look = (id: string, worker: string, at: number, token: string | null = 't1') => {
      const period = { fromAt: T0, toAt: T0 + MINUTE, reason: '核对巡查' }
      return { id, worker, token, actor: 'token:t1', name: null, role: 'leader', ...period, at }
    }
    const all = [look('l1', 'w1', T0), look('l2', 'w2', T0 + 1), look('l3', 'w1', T0 + 2, null)]
    for (const row of all) await store.reference.recordLook(row)
    const { reference } = await another()
    expect(await reference.looks('w1')).toEqual([all[2], all[0]])
    expect(await reference.looks('w3')).toEqual([])
    expect(await reference.revision()).toBe(before)
    expect(await reference.settings()).toEqual({})
  })

  test('exports are kept, newest first, and raise no revision', async () => {
    const { store, another } = await openOne()
    const before = await store.reference.revision()
    const record = (id: string, at: number, areas: string[] | null, suppressionK: number | null) => {
      const who = {
        token: areas && 't1',
        actor: areas ? 'token:t1' : 'shell',
        name: null,
        role: areas && 'analyst',
        areas,
      }
      const file = { what: 'heat', format: 'geotiff', filter: 'from=x', head: 7, n: 3, suppressionK, sha256: 'ab' }
      return { id, ...who, ...file, at }
    }
    const all = [
      record('e1', T0, ['310101'], 5),
      record('e2', T0 + 2, null, null),
      record('e3', T0 + 1, ['310101'], null),
    ]
    for (const row of all) await store.reference.recordExport(row)
    const { reference } = await another()
    expect(await reference.exportRecords(2)).toEqual([all[1], all[2]])
    expect(await reference.revision()).toBe(before)
  })

  test('tokens are found by their hash and revoked once; a pairing is taken once and in time', async () => {
    const { store } = await openOne()
    const { reference } = store
    const none = { worker: null, device: null, name: null, expiresAt: null, revokedAt: null }
    const token = { id: 't1', hash: 'h1', role: 'wall', areas: ['310115'], createdAt: T0, ...none }
    await reference.putToken(token)
    expect(await reference.tokenByHash('h1')).toEqual(token)
    expect(await reference.tokenByHash('h2')).toBeNull()
    expect(await reference.revokeToken('t1', T0 + 5)).toBe(true)
    expect(await reference.revokeToken('t1', T0 + 6)).toBe(false)
    expect(await reference.tokens()).toEqual([{ ...token, revokedAt: T0 + 5 }])
    await reference.putPairing({ code: '1234', hash: 'p', expiresAt: T0 + 10 }, T0)
    await reference.putPairing({ code: '5678', hash: 'q', expiresAt: T0 + 10 }, T0)
    expect(await reference.takePairing('1234', T0)).toEqual({ hash: 'p' })
    expect(await reference.takePairing('1234', T0)).toBeNull()
    expect(await reference.takePairing('5678', T0 + 10)).toBeNull()
    // Those that are over go when another comes, so that nobody can fill the table with what nobody approves.
    await reference.putPairing({ code: '1', hash: 'r', expiresAt: T0 + 10 }, T0)
    await reference.putPairing({ code: '2', hash: 's', expiresAt: T0 + 20 }, T0 + 10)
    expect(await reference.takePairing('1', T0)).toBeNull()
    expect(await reference.takePairing('2', T0)).toEqual({ hash: 's' })
  })

  test('a listener hears of commits until it stops listening', async () => {
    const { store } = await openOne()
    let heard = 0
    const turn = () => new Promise(resolve => setImmediate(resolve))
    await turn()
    const stop = store.onCommit(() => heard++)
    await store.append(report(1))
    await turn()
    expect(heard).toBe(1)
    stop()
    await store.append(report(2))
    await turn()
    expect(heard).toBe(1)
  })
}
