import { beforeEach, expect, test } from 'vitest'
import { clockFacts, clocks } from '#domain/sla/clocks.ts'
import type { CommandOutcome, IncidentRequest } from '../commands/types.ts'
import type { Append, AppendResult, StoredEvent } from '../store/eventStore.ts'
import { HARD_POLICY, IN_WEST_1, MINUTE, POLICY, SECOND, T0, viewer } from '../testing/street.ts'
import { type TestApp, testApp } from '../testing/testApp.ts'
import { recordBreaches, startBreachTimers } from './breachTimers.ts'

const dispatcher = viewer('dispatcher')
const rubbish = { verb: 'report', category: 'rubbish', place: IN_WEST_1 } as const
const [RESPOND_BY, RESOLVE_BY] = [T0 + 5 * MINUTE, T0 + 15 * MINUTE]

let street: TestApp
beforeEach(async () => {
  street = await testApp()
})

/** Moves the hand to an instant and lets the timers look. */
async function look(at: number, one = street): Promise<number> {
  one.clock.now = at
  return recordBreaches(one.app, at)
}

const isBreach = ({ type }: StoredEvent) => type === 'clockBreached' || type === 'clockBreachRetracted'
type BreachData = { clock: string; deadline: number; because?: string }
const breachesOf = async () =>
  (await street.log()).filter(isBreach).map(({ type, at, data }) => {
    const { clock, deadline } = data as BreachData
    expect(at).toBe(deadline)
    return `${type === 'clockBreached' ? '+' : '-'}${clock} ${(deadline - T0) / MINUTE}`
  })

test('a breach is recorded once its deadline has passed, at the deadline, by nobody', async () => {
  await street.does(dispatcher, rubbish)
  expect(await look(RESPOND_BY)).toBe(0)
  expect(await look(RESPOND_BY + 1)).toBe(1)
  expect(await look(RESPOND_BY + 2)).toBe(0)
  const event = (await street.log()).at(-1)!
  expect(event).toMatchObject({
    type: 'clockBreached',
    at: RESPOND_BY,
    recordedAt: RESPOND_BY + 1,
    actor: null,
    data: { clock: 'respond', deadline: RESPOND_BY, policyVersion: 1 },
  })
  expect(await street.app.store.nextDeadline()).toBe(RESOLVE_BY)
})

test('overdue ones are recorded at once after a time when nobody looked', async () => {
  await street.does(dispatcher, rubbish)
  await look(T0 + 60 * MINUTE, await street.another())
  expect(await breachesOf()).toEqual(['+respond 5', '+resolve 15'])
  expect((await street.log()).at(-1)!.recordedAt).toBe(T0 + 60 * MINUTE)
})

test('a server that starts looks at once, and stops only when its look is over', async () => {
  await street.does(dispatcher, rubbish)
  street.clock.now = T0 + 60 * MINUTE
  await startBreachTimers(street.app)()
  expect(await breachesOf()).toEqual(['+respond 5', '+resolve 15'])
})

test('a look that fails is written to the log and stops nothing', async () => {
  const failing = { ...street.app.store, dueTimers: () => Promise.reject(new Error('the disk is busy')) }
  await startBreachTimers({ ...street.app, store: failing })()
  expect(street.complaints).toMatchObject([{ error: 'Error: the disk is busy' }])
})

test('two processes that look at once record none twice and miss none', async () => {
  for (let i = 0; i < 40; i++) await street.does(dispatcher, rubbish)
  const other = await street.another()
  for (const at of [RESPOND_BY + 1, RESOLVE_BY + 1]) {
    await Promise.all([look(at), look(at, other), look(at, other)])
    await Promise.all([look(at), look(at, other)])
  }
  const told = await breachesOf()
  expect(told.filter(text => text === '+respond 5').length).toBe(40)
  expect(told.filter(text => text === '+resolve 15').length).toBe(40)
  expect(told.length).toBe(80)
  expect(await street.app.store.verify()).toEqual([])
})

test('more at once than one look takes are all recorded', async () => {
  await Promise.all(Array.from({ length: 620 }, () => street.does(dispatcher, rubbish)))
  expect(await look(RESPOND_BY + 1)).toBe(620)
})

test('what cannot be written hides nothing that is due after it', async () => {
  const ids: string[] = []
  for (let i = 0; i < 520; i++) ids.push(await street.does(dispatcher, { ...rubbish, newId: `i${1000 + i}` }))
  const stuck = new Set(ids.slice(0, 505)) // more than one look takes
  const { store } = street.app
  let refused = 0
  const app = {
    ...street.app,
    store: {
      ...store,
      append: async (append: Append): Promise<AppendResult> => {
        const [{ stream } = { stream: 'worker:' as const }] = append.streams
        if (!stuck.has(stream.slice('incident:'.length))) return store.append(append)
        if (refused++ % 2 === 0) throw new Error('the disk is full')
        return { kind: 'versionConflict', stream, actual: 9 }
      },
    },
  }
  expect(await recordBreaches(app, RESPOND_BY + 1)).toBe(15)
  expect(refused).toBe(505)
  expect(street.complaints.length).toBeGreaterThan(0)
  expect(await look(RESPOND_BY + 2)).toBe(505)
})

test('a policy that this process has not heard of yet is read before its clocks are judged', async () => {
  const held = await street.app.reference()
  const other = await street.another()
  await other.app.store.reference.putPolicies([{ ...POLICY, version: 2 }])
  await other.does(dispatcher, rubbish)
  expect(await recordBreaches({ ...street.app, reference: async () => held }, RESPOND_BY + 1)).toBe(1)
})

test('a process whose clock is behind does not take back what another has recorded', async () => {
  const id = await street.does(dispatcher, rubbish)
  const ahead = await street.another()
  await look(RESPOND_BY + SECOND, ahead)
  street.clock.now = RESPOND_BY - SECOND
  await street.does(dispatcher, { verb: 'dispatch', incident: id, assignee: 'w1' })
  await look(RESPOND_BY - SECOND)
  expect(await breachesOf()).toEqual(['+respond 5'])
})

test('an acceptance of 10:03 that is told at 10:20 retracts the breach of 10:05, and both stay visible', async () => {
  const id = await street.does(dispatcher, rubbish)
  await look(RESPOND_BY + 1)
  street.clock.now = T0 + 10 * MINUTE
  await street.does(dispatcher, { verb: 'accept', incident: id, assignee: 'w1', at: T0 + 3 * MINUTE })
  const log = await street.log()
  const accepted = log.find(({ type }) => type === 'accepted')!
  expect(accepted).toMatchObject({ at: T0 + 3 * MINUTE, recordedAt: T0 + 10 * MINUTE })
  expect(log.at(-1)).toMatchObject({
    type: 'clockBreachRetracted',
    at: RESPOND_BY,
    recordedAt: T0 + 10 * MINUTE,
    commandId: accepted.commandId,
    data: { clock: 'respond', deadline: RESPOND_BY, because: accepted.eventId },
  })
  expect(await look(T0 + 16 * MINUTE)).toBe(1)
  expect(await breachesOf()).toEqual(['+respond 5', '-respond 5', '+resolve 15'])
})

test('a pause moves the deadline, and while it lasts nothing falls due', async () => {
  const id = await street.does(dispatcher, rubbish)
  await street.does(dispatcher, { verb: 'accept', incident: id, assignee: 'w1' })
  street.clock.now = T0 + 10 * MINUTE
  await street.does(dispatcher, { verb: 'pause', incident: id, reason: '等配件' })
  expect(await look(T0 + 60 * MINUTE)).toBe(0)
  await street.does(dispatcher, { verb: 'resume', incident: id })
  expect(await street.app.store.nextDeadline()).toBe(T0 + 65 * MINUTE)
  expect(await look(T0 + 65 * MINUTE)).toBe(0)
  expect(await look(T0 + 65 * MINUTE + 1)).toBe(1)
  expect(await breachesOf()).toEqual(['+resolve 65'])
})

test('a deadline that moves under a breach is retracted and raised again together', async () => {
  const id = await street.does(dispatcher, rubbish)
  await street.does(dispatcher, { verb: 'accept', incident: id, assignee: 'w1' })
  await look(T0 + 30 * MINUTE)
  for (const [verb, minute] of [
    ['pause', 5],
    ['resume', 7],
  ] as const)
    await street.does(dispatcher, { verb, incident: id, at: T0 + minute * MINUTE, reason: '等配件' })
  // While the pause stood open the clock had not run out; its end brought the breach back, two minutes later.
  expect(await breachesOf()).toEqual(['+resolve 15', '-resolve 15', '+resolve 17'])
})

test('voiding takes the breaches back and restoring raises them again', async () => {
  const id = await street.does(dispatcher, rubbish)
  await look(RESPOND_BY + 1)
  await street.does(viewer('leader'), { verb: 'void', incident: id, reason: '误报' })
  expect(await look(T0 + 20 * MINUTE)).toBe(0)
  await street.does(viewer('leader'), { verb: 'restore', incident: id, reason: '属实' })
  expect(await breachesOf()).toEqual(['+respond 5', '-respond 5', '+respond 5', '+resolve 15'])
})

/** Numbers from 0 to 1 that are the same at every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

test.each(Array.from({ length: 12 }, (_, i) => i + 1))(
  'after any commands and looks, by two processes, the last breach fact of each clock agrees with the clocks (seed %i)',
  async seed => {
    const random = seeded(seed)
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
    const other = await street.another()
    const leader = viewer('leader')
    const ids: string[] = []
    const outcomes: CommandOutcome[] = []
    const verbs = ['accept', 'withdraw', 'arrive', 'pause', 'resume', 'resolve', 'reopen', 'classify', 'void', 'merge']
    for (let step = 0; step < 60; step++) {
      const one = pick([street, other])
      const now = street.clock.now + Math.floor(random() * 3 * MINUTE)
      street.clock.now = other.clock.now = now
      const backMs = random() < 0.4 ? Math.floor(random() * 20 * MINUTE) : 0
      if (ids.length < 3 && random() < 0.3) {
        const occurredAt = now - Math.floor(random() * 2 * MINUTE)
        ids.push(await one.does(dispatcher, { ...rubbish, occurredAt, at: now - backMs }))
      } else if (ids.length > 0 && random() < 0.8) {
        const verb = pick([...verbs, 'restore', 'close']) as IncidentRequest['verb']
        const who = ['void', 'merge', 'restore', 'reopen'].includes(verb) ? leader : dispatcher
        const said = verb === 'classify' ? { tier: pick(['minor', 'hard'] as const) } : {}
        const base = { verb, incident: pick(ids), at: now - backMs, reason: '因', ...said }
        const target = verb === 'merge' ? { into: pick(ids) } : {}
        outcomes.push(await one.give(who, { ...base, ...target, assignee: pick(['w1', 'w2']) }))
      }
      if (random() < 0.5) await look(now, one)
      for (const id of ids) await agrees(id, now, random() < 0.5)
    }
    expect(outcomes.filter(outcome => outcome.ok).length).toBeGreaterThan(5)
    expect(await street.app.store.verify()).toEqual([])
  },
)

/** Holds right after an append; what fell due since the last one is the timers' to record. */
async function agrees(id: string, now: number, shouldLook: boolean): Promise<void> {
  if (shouldLook) await look(now)
  const { incident } = await street.incident(id)
  const policy = incident.policy?.id === 'hard' ? HARD_POLICY : POLICY
  const at = shouldLook ? now : incident.facts.at(-1)!.recordedAt
  const readings = clocks(policy, clockFacts(incident.facts), at)
  const breached = Object.entries(readings).flatMap(([clock, { breachedAt }]) =>
    breachedAt === null ? [] : [[clock, breachedAt] as const],
  )
  const standing = new Map<string, number>()
  for (const { type, data } of incident.facts) {
    if (type !== 'clockBreached' && type !== 'clockBreachRetracted') continue
    // The log alternates: raised only when it does not stand, retracted only what stands.
    expect(standing.get(data.clock)).toBe(type === 'clockBreached' ? undefined : data.deadline)
    if (type === 'clockBreached') standing.set(data.clock, data.deadline)
    else standing.delete(data.clock)
  }
  expect([...standing].sort()).toEqual(breached.sort())
}
