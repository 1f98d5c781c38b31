import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fold, incidentAsOf, isOpen } from '#domain/incident/fold.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { clockFacts, clocks } from '#domain/sla/clocks.ts'
import { dayPlan } from './dayPlan.ts'
import { delivered, phone } from './fixes.ts'
import { play } from './play.ts'
import { length } from './routes.ts'
import { demoWorld } from './world.ts'

const HOUR = 3_600_000
const world = demoWorld()
const [policy] = JSON.parse(readFileSync(new URL('../../data/demo/policies.json', import.meta.url), 'utf8'))
const days = ['2026-11-18', '2026-11-19', '2026-11-20'].map(day => dayPlan(world, 'test', day))
const played = days.map(plan => play(plan.facts, id => world.categories.some(c => c.id === id && c.autoConfirm)))
const incidents = played.map(({ facts }) => [...facts].map(([id, own]) => fold(id, own)!))

test('a day is the same whenever it is asked for, and another with another seed', () => {
  expect(dayPlan(world, 'test', '2026-11-19').facts).toEqual(days[1]!.facts)
  expect(dayPlan(world, 'other', '2026-11-19').facts.length).not.toBe(days[1]!.facts.length)
})

test('the real rules refuse nothing of it', () => {
  expect(played.flatMap(({ refused }) => refused)).toEqual([])
})

test('every story ends, its times rise, and no command or incident id comes twice', () => {
  for (const [i, plan] of days.entries()) {
    const ids = plan.facts.map(fact => (fact.kind === 'command' ? fact.command.commandId : fact.commandId))
    expect(new Set(ids).size).toBe(ids.length)
    expect(incidents[i]!.filter(incident => isOpen(incident.status))).toEqual([])
    const last = new Map<string, number>()
    for (const fact of plan.facts) {
      if (fact.kind !== 'command') continue
      expect(fact.at).toBeGreaterThan(last.get(fact.command.incident) ?? 0)
      last.set(fact.command.incident, fact.at)
    }
  }
})

test('a weekday has about 1,200 incidents, about 650 of them by half past two, and no hour without a dozen', () => {
  for (const [i, plan] of days.entries()) {
    expect(incidents[i]!.length).toBeGreaterThan(1030)
    expect(incidents[i]!.length).toBeLessThan(1380)
    const early = incidents[i]!.filter(incident => incident.firstAt < plan.from + 14.5 * HOUR).length
    expect(early).toBeGreaterThan(540)
    expect(early).toBeLessThan(780)
    const byHour = Map.groupBy(incidents[i]!, incident => Math.floor((incident.firstAt - plan.from) / HOUR))
    for (let hour = 0; hour < 24; hour++) expect(byHour.get(hour)!.length).toBeGreaterThan(12)
  }
})

test('the promises are kept about as often as on the picture: 96, 94.5 and 91.5 of a hundred', () => {
  const ended = { discover: [92, 98.5], respond: [92, 97], resolve: [88.5, 94.5] }
  for (const [clock, [least, most]] of Object.entries(ended)) {
    const states = incidents.flat().map(i => clocks(policy, clockFacts(i.facts), days[2]!.to + 24 * HOUR)[clock]!.state)
    const met = states.filter(state => state === 'met').length
    const attainment = (100 * met) / (met + states.filter(state => state === 'breached').length)
    expect(attainment, clock).toBeGreaterThan(least!)
    expect(attainment, clock).toBeLessThan(most!)
  }
})

test('by day about a dozen are open, one or two of them over a limit and about one near it', () => {
  const counts = days.flatMap((plan, i) =>
    Array.from({ length: 13 }, (_, hour) => atInstant(incidents[i]!, plan.from + (8 + hour) * HOUR)),
  )
  const mean = (of: (count: (typeof counts)[number]) => number) => counts.reduce((s, c) => s + of(c), 0) / counts.length
  expect(mean(c => c.open)).toBeGreaterThan(11)
  expect(mean(c => c.open)).toBeLessThan(18)
  expect(mean(c => c.breached)).toBeGreaterThan(0.8)
  expect(mean(c => c.breached)).toBeLessThan(3)
  expect(mean(c => c.atRisk)).toBeGreaterThan(0.6)
  expect(mean(c => c.paused)).toBeGreaterThan(0.5)
  expect(Math.max(...counts.map(c => c.breached))).toBeLessThan(9)
})

test('at 14:32 those are on duty that the picture shows', () => {
  const at = days[0]!.from + 14 * HOUR + 32 * 60_000
  const onDuty = days[0]!.duties.filter(duty => duty.from <= at && duty.endsAt > at).map(duty => duty.person.role)
  const count = (role: string) => onDuty.filter(r => r === role).length
  expect(['fullTime', 'partTime', 'enforcement', 'police', 'patrolCar'].map(count)).toEqual([52, 33, 9, 6, 4])
  expect(world.people.length).toBe(193)
})

test('an assignee is on duty, and on one incident at a time between accepting and resolving', () => {
  const plan = days[1]!
  const busyUntil = new Map<string, { incident: string; to: number }>()
  for (const incident of incidents[1]!.toSorted((a, b) => acceptedAt(a) - acceptedAt(b))) {
    const accepted = incident.facts.findLast(fact => fact.type === 'accepted')
    if (accepted?.type !== 'accepted') continue
    const worker = accepted.data.assignee
    const arrived = incident.facts.findLast(fact => fact.type === 'arrived')!.at
    const duty = plan.duties.find(d => d.person.id === worker && d.from <= accepted.at && d.endsAt >= arrived)
    expect(duty, `${worker} at ${new Date(accepted.at).toISOString()}`).toBeDefined()
    const before = busyUntil.get(worker)
    if (before !== undefined && accepted.at < before.to) expect(arrived).toBeGreaterThan(before.to)
    const left = incident.facts.find(fact => fact.type === 'paused' || fact.type === 'resolved')!.at
    busyUntil.set(worker, { incident: incident.id, to: left })
  }
})

test('who has arrived is where the incident is', () => {
  const plan = days[0]!
  const incidentsAt = incidents[0]!.filter(incident => incident.status === 'closed').slice(300, 400)
  for (const incident of incidentsAt) {
    const arrived = incident.facts.find(fact => fact.type === 'arrived')!
    const worker = arrived.type === 'arrived' ? arrived.data.assignee : ''
    const duty = plan.duties.find(d => d.person.id === worker && d.from <= arrived.at && d.endsAt >= arrived.at)!
    const place = world.graph.toMetres(incident.place!)
    expect(length(duty.walker.at(arrived.at + 1500).point, place)).toBeLessThan(2)
  }
})

test('phones never jump, and what a silent phone kept comes late but whole', () => {
  for (const duty of days[1]!.duties.filter((_, i) => i % 9 === 0)) {
    const own = phone(world, 'test', duty)
    const fixes = own.fixes(duty.from, duty.endsAt, 10_000)
    for (let i = 1; i < fixes.length; i++) {
      const [a, b] = [fixes[i - 1]!, fixes[i]!]
      const metres = length(world.graph.toMetres(a), world.graph.toMetres(b))
      expect(metres / ((b.at - a.at) / 1000)).toBeLessThan(20)
    }
    const heard: number[] = []
    let latest = 0
    for (let at = duty.from; at < duty.endsAt; at += 1000) {
      for (const fix of delivered(own, at, Math.min(at + 1000, duty.endsAt), 10_000)) {
        heard.push(fix.at)
        latest = Math.max(latest, at + 1000 - fix.at)
      }
    }
    expect(heard.toSorted((a, b) => a - b)).toEqual(fixes.map(fix => fix.at))
    expect(latest > 11_000).toBe(own.silences.length > 0)
  }
})

function atInstant(all: readonly Incident[], at: number) {
  const open = all.filter(i => i.firstAt <= at).map(i => incidentAsOf(i, at, Number.POSITIVE_INFINITY)!)
  const still = open.filter(incident => isOpen(incident.status))
  const readings = still.map(incident => Object.values(clocks(policy, clockFacts(incident.facts), at)))
  return {
    open: still.length,
    paused: still.filter(incident => incident.status === 'paused').length,
    breached: readings.filter(own => own.some(r => r.state === 'breached' && r.endedAt === null)).length,
    atRisk: readings.filter(own => own.some(r => r.atRisk)).length,
  }
}

const acceptedAt = (incident: Incident) => incident.facts.findLast(fact => fact.type === 'accepted')?.at ?? 0
