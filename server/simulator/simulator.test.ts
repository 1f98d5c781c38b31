import { expect, test } from 'vitest'
import type { LngLat } from '#domain/incident/facts.ts'
import { backfill } from './backfill.ts'
import { plans } from './plans.ts'
import type { PlannedFact, SimCommand, SimFix, SimOutcome, SimulatorPort } from './port.ts'
import { length } from './routes.ts'
import { simulator, tickEveryMs } from './simulator.ts'
import { demoWorld } from './world.ts'

const MINUTE = 60_000
const world = demoWorld()
const own = plans(world, 'test')
const noon = Date.parse('2026-11-20T12:00:00+08:00')

/** A port that keeps what it is told, on a clock that the test moves. */
function recorder(from: number, refuse: (command: SimCommand) => boolean = () => false) {
  const told: SimCommand[] = []
  let latestMs = 0
  const duty: { worker: string; isStart: boolean; at: number }[] = []
  const fixes: (SimFix & { worker: string; heardAt: number })[] = []
  let now = from
  let batches = 0
  const port: SimulatorPort = {
    now: () => now,
    execute: async (command): Promise<SimOutcome> => {
      told.push(command)
      latestMs = Math.max(latestMs, now - command.at)
      expect(command.at).toBeLessThanOrEqual(now)
      return refuse(command) ? 'refused' : 'done'
    },
    recordPositions: async batch => {
      batches++
      for (const one of batch) fixes.push(...one.fixes.map(fix => ({ ...fix, worker: one.worker, heardAt: now })))
    },
    startDuty: async (worker, at) => void duty.push({ worker, isStart: true, at }),
    endDuty: async (worker, at) => void duty.push({ worker, isStart: false, at }),
  }
  const live = async (simulated: { tick(): Promise<void> }, until: number, speed: number) => {
    while (now < until) {
      now = Math.min(until, now + speed * tickEveryMs(speed))
      await simulated.tick()
    }
  }
  return { port, told, duty, fixes, live, batches: () => batches, latestMs: () => latestMs }
}

const planned = (from: number, to: number): PlannedFact[] =>
  own
    .around(to)
    .flatMap(plan => plan.facts.filter(fact => fact.at > from && fact.at <= to))
    .sort((a, b) => a.at - b.at)
const commandIds = (facts: readonly PlannedFact[]) =>
  facts.flatMap(fact => (fact.kind === 'command' ? [fact.command.commandId] : [])).sort()

test.each([1, 60, 600])(
  'at %i× it tells each planned command once, never before its time, soon after it',
  async speed => {
    const minutes = speed === 1 ? 5 : 90
    const { port, told, fixes, live, batches, latestMs } = recorder(noon)
    await live(simulator(own, port, { speed, from: noon }), noon + minutes * MINUTE, speed)
    expect(told.map(command => command.commandId).sort()).toEqual(commandIds(planned(noon, noon + minutes * MINUTE)))
    expect(latestMs()).toBeLessThan(60_000) // later than that would be marked as told late
    const seconds = (minutes * 60) / speed
    expect(batches()).toBeLessThanOrEqual(seconds + 1)
    expect(new Set(fixes.map(fix => fix.worker)).size).toBeGreaterThan(80)
    expect(fixes.length).toBeLessThan(125 * Math.max(seconds, (minutes * 60) / 10))
    expect(fixes.every(fix => fix.at <= fix.heardAt)).toBe(true)
  },
)

test('people come on and go off duty when their shift says', async () => {
  const from = Date.parse('2026-11-20T18:00:00+08:00')
  const { port, duty, live } = recorder(from)
  await live(simulator(own, port, { speed: 60, from }), from + 60 * MINUTE, 60)
  const expected = planned(from, from + 60 * MINUTE).filter(fact => fact.kind !== 'command')
  expect(duty.map(d => `${d.worker} ${d.at}`).sort()).toEqual(expected.map(d => `${d.worker} ${d.at}`).sort())
  expect(duty.length).toBeGreaterThan(20)
})

test('a refused command ends its story; a refused confirmation does not', async () => {
  const run = async (verb: string) => {
    const { port, told, live } = recorder(noon, command => command.verb === verb)
    await live(simulator(own, port, { speed: 60, from: noon }), noon + 60 * MINUTE, 60)
    return told
  }
  const accepting = await run('accept')
  for (const [i, command] of accepting.entries()) {
    if (command.verb !== 'accept') continue
    expect(accepting.slice(i + 1).filter(later => later.incident === command.incident)).toEqual([])
  }
  expect((await run('report')).length).toBe((await run('none')).length)
})

test('a worker whom a real dispatcher sends accepts, goes there along the street, resolves and goes back', async () => {
  const { port, told, fixes, live } = recorder(noon)
  const simulated = simulator(own, port, { speed: 1, from: noon })
  const duty = own.of('2026-11-20').duties.find(d => d.person.role === 'fullTime' && d.from < noon && d.endsAt > noon)!
  const place: LngLat = world.graph.toPlace(world.graph.points[500]!)
  simulated.onDispatched('somebody-elses', duty.person.id, place)
  await live(simulated, noon + 40 * MINUTE, 20)
  const answer = told.filter(command => command.incident === 'somebody-elses')
  expect(answer.map(({ verb, actor, assignee }) => [verb, actor, assignee])).toEqual(
    ['accept', 'arrive', 'resolve'].map(verb => [verb, duty.person.id, duty.person.id]),
  )
  const own10s = fixes.filter(fix => fix.worker === duty.person.id).sort((a, b) => a.at - b.at)
  for (let i = 1; i < own10s.length; i++) {
    const [a, b] = [own10s[i - 1]!, own10s[i]!]
    expect(length(world.graph.toMetres(a), world.graph.toMetres(b)) / ((b.at - a.at) / 1000)).toBeLessThan(12)
  }
  const there = own10s.find(fix => fix.at > answer[1]!.at)!
  expect(length(world.graph.toMetres(there), world.graph.toMetres(place))).toBeLessThan(15)
})

test('of its own dispatches it needs no telling, and strangers and people off duty do not answer', async () => {
  const { port, told, live } = recorder(noon)
  const echoing: SimulatorPort = {
    ...port,
    execute: async command => {
      if (command.verb === 'dispatch') echo.onDispatched(command.incident, command.assignee ?? '', null)
      return port.execute(command)
    },
  }
  const echo = simulator(own, echoing, { speed: 60, from: noon })
  const offDuty = own.of('2026-11-20').duties.find(d => d.endsAt < noon)!
  echo.onDispatched('x', offDuty.person.id, null)
  echo.onDispatched('x', 'nobody', null)
  await live(echo, noon + 60 * MINUTE, 60)
  expect(told.map(command => command.commandId).sort()).toEqual(commandIds(planned(noon, noon + 60 * MINUTE)))
})

test('a real dispatcher who is faster on one of its own incidents takes the story over; it still ends closed', async () => {
  const first = planned(noon, noon + 30 * MINUTE).find(
    fact => fact.kind === 'command' && fact.command.verb === 'report' && fact.command.source === 'patrol',
  )
  const incident = first?.kind === 'command' ? first.command.incident : ''
  const { port, told, live } = recorder(noon)
  const simulated = simulator(own, port, { speed: 1, from: noon })
  await live(simulated, (first?.at ?? 0) + 1000, 1)
  const duty = own.of('2026-11-20').duties.find(d => d.person.role === 'police' && d.from < noon && d.endsAt > noon)!
  simulated.onDispatched(incident, duty.person.id, null)
  await live(simulated, (first?.at ?? 0) + 40 * MINUTE, 20)
  expect(told.filter(c => c.incident === incident).map(c => c.verb)).toEqual([
    'report',
    'accept',
    'arrive',
    'resolve',
    'verify',
    'close',
  ])
})

test('history is in order, meets the live story without a gap or a repeat, and comes with everybody’s tracks', async () => {
  const from = Date.parse('2026-11-19T00:00:00+08:00')
  const facts: PlannedFact[] = []
  const fixes: (SimFix & { worker: string })[] = []
  const counts = await backfill(
    world,
    'test',
    {
      appendHistory: async batch => void facts.push(...batch),
      recordPositions: async batch => {
        for (const one of batch) fixes.push(...one.fixes.map(fix => ({ ...fix, worker: one.worker })))
      },
    },
    { from, to: noon },
  )
  expect(counts).toEqual({ facts: facts.length, fixes: fixes.length })
  expect(facts.every((fact, i) => i === 0 || fact.at >= facts[i - 1]!.at)).toBe(true)
  expect(facts.every(fact => fact.at >= from && fact.at <= noon)).toBe(true)
  const { port, told, live } = recorder(noon)
  await live(simulator(own, port, { speed: 60, from: noon }), noon + 30 * MINUTE, 60)
  const all = planned(from - 1, noon + 30 * MINUTE)
  expect([...commandIds(facts), ...told.map(c => c.commandId)].sort()).toEqual(commandIds(all))
  const onDuty = new Set<string>()
  for (const fact of facts) {
    if (fact.kind === 'startDuty') expect(onDuty.has(fact.worker) || !onDuty.add(fact.worker)).toBe(false)
    if (fact.kind === 'endDuty') expect(onDuty.delete(fact.worker)).toBe(true)
  }
  const recent = fixes.filter(fix => fix.at > noon - 60_000).map(fix => fix.worker)
  expect(new Set(recent).size).toBeGreaterThan(onDuty.size * 0.85)
  expect(fixes.length).toBeLessThan(90_000)
})
