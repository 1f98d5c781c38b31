/** The whole life of one incident as commands, once it is known who goes there. Times strictly rise. */
import type { Trouble } from './demand.ts'
import { confirmAfter, exponential, logNormal, resolveAfter, respondAfter } from './durations.ts'
import type { SimCommand } from './port.ts'
import { type Random, seededRandom, seededUuid } from './random.ts'
import { FALSE_ALARMS, HANDED_BACK, PAUSES, REOPENINGS, RESULTS } from './words.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

/** Sends the best free worker; `leavesAt` is when they accept. Says who it is and when they get there; null: nobody is left. */
export type Send = (trouble: Trouble, at: number, leavesAt: number, not: string | null) => Going | null
export type Going = { readonly worker: string; readonly arrivesAt: number; release(at: number): void }

/** `slow`: how much more often than usual the limits are missed there. */
export function story(trouble: Trouble, seed: string, key: string, slow: number, send: Send): SimCommand[] {
  const random = seededRandom(seed, key, 'story')
  const incident = seededUuid(seed, key)
  const commands: SimCommand[] = []
  const tell = (verb: SimCommand['verb'], at: number, actor: string, more: Partial<SimCommand> = {}) => {
    const after = commands.at(-1)?.at ?? Number.NEGATIVE_INFINITY
    const time = Math.max(Math.floor(at), after + SECOND)
    commands.push({ verb, commandId: seededUuid(seed, key, commands.length), incident, at: time, actor, ...more })
    return time
  }
  const what = {
    category: trouble.category.id,
    source: trouble.source,
    title: trouble.title,
    place: trouble.place,
  }

  let reportedAt: number
  if (trouble.source === 'patrol') {
    reportedAt = trouble.at
  } else {
    const occurredAt = trouble.sensor === null ? {} : { occurredAt: trouble.at - random.integer(1500, 5000) }
    tell('signal', trouble.at, trouble.sensor?.id ?? trouble.source, { ...what, ...occurredAt })
    const wait = confirmAfter(random)
    if (!trouble.category.autoConfirm && random.chance(0.035)) {
      // Who voids after the discover clock has run out needs a leader's right.
      tell('void', trouble.at + wait, wait > 50 * SECOND ? 'leader' : 'dispatcher', {
        reason: random.pick(FALSE_ALARMS),
      })
      return commands
    }
    reportedAt = trouble.at
    if (!trouble.category.autoConfirm) reportedAt = tell('report', trouble.at + wait, 'dispatcher')
  }

  const respond = respondAfter(random, slow)
  const isClaim = trouble.source === 'patrol' && random.chance(0.1)
  const acceptAt = reportedAt + (isClaim ? random.between(8 * SECOND, 45 * SECOND) : respond)
  const dispatchAt = reportedAt + Math.min(respond * random.between(0.12, 0.4), 100 * SECOND)
  const handsBack = !isClaim && respond > 120 * SECOND && random.chance(0.025)
  const first = handsBack ? send(trouble, dispatchAt, Number.POSITIVE_INFINITY, null) : null
  const going = send(trouble, isClaim ? reportedAt : dispatchAt, acceptAt, first?.worker ?? null)
  if (going === null) return []
  const { worker } = going
  if (trouble.source === 'patrol') tell('report', reportedAt, worker, what)
  if (first !== null) {
    const backAt = dispatchAt + (acceptAt - dispatchAt) * 0.5
    tell('dispatch', dispatchAt, 'dispatcher', { assignee: first.worker })
    tell('withdraw', backAt, first.worker, { assignee: first.worker, reason: random.pick(HANDED_BACK) })
    tell('dispatch', backAt + 8 * SECOND, 'dispatcher', { assignee: worker })
  } else if (!isClaim) tell('dispatch', dispatchAt, 'dispatcher', { assignee: worker })
  tell('accept', acceptAt, worker, { assignee: worker })
  const arrivedAt = tell('arrive', going.arrivesAt, worker, { assignee: worker })

  let resolveAt = Math.max(
    reportedAt + resolveAfter(random, slow),
    arrivedAt + random.between(25 * SECOND, 80 * SECOND),
  )
  if (random.chance(0.035)) {
    const pausedAt = arrivedAt + random.between(20 * SECOND, 70 * SECOND)
    tell('pause', pausedAt, 'dispatcher', { reason: random.pick(PAUSES) })
    going.release(pausedAt + MINUTE)
    const resumedAt = pausedAt + random.between(25 * MINUTE, 100 * MINUTE)
    tell('resume', resumedAt, 'dispatcher')
    resolveAt = resumedAt + random.between(1.5 * MINUTE, 4.5 * MINUTE)
  } else going.release(resolveAt)
  let resolvedAt = tell('resolve', resolveAt, worker, { assignee: worker, result: random.pick(RESULTS) })
  if (random.chance(0.018)) {
    const reopenedAt = tell('reopen', resolvedAt + random.between(2 * MINUTE, 7 * MINUTE), 'dispatcher', {
      reason: random.pick(REOPENINGS),
    })
    resolvedAt = tell('resolve', reopenedAt + random.between(1.5 * MINUTE, 5 * MINUTE), worker, {
      assignee: worker,
      result: random.pick(RESULTS),
    })
  }
  afterwards(random, resolvedAt, tell)
  return commands
}

type Tell = (verb: SimCommand['verb'], at: number, actor: string, more?: Partial<SimCommand>) => number

function afterwards(random: Random, resolvedAt: number, tell: Tell): void {
  const verifiedAt = tell(
    'verify',
    resolvedAt + Math.min(25 * MINUTE, logNormal(3.2 * MINUTE, 0.6, random)),
    'dispatcher',
  )
  const closedAt = tell('close', verifiedAt + random.between(3 * SECOND, 35 * SECOND), 'dispatcher')
  if (!random.chance(0.74)) return
  const draw = random.next()
  const score = draw < 0.79 ? 5 : draw < 0.93 ? 4 : draw < 0.98 ? 3 : draw < 0.995 ? 2 : 1
  tell('rate', closedAt + 30 * SECOND + Math.min(6 * 60 * MINUTE, exponential(16 * MINUTE, random)), 'resident', {
    score,
  })
}

/** A second person tells of the same thing: it is confirmed, then merged into the first. */
export function duplicateOf(trouble: Trouble, first: readonly SimCommand[], seed: string, key: string): SimCommand[] {
  const random = seededRandom(seed, key, 'duplicate')
  const openUntil = first.find(command => command.verb === 'resolve' || command.verb === 'void')?.at
  const report = first.find(command => command.verb === 'report')
  if (report === undefined || openUntil === undefined) return []
  const at = report.at + random.integer(20 * SECOND, 150 * SECOND)
  const confirmedAt = at + random.integer(12 * SECOND, 45 * SECOND)
  const mergedAt = confirmedAt + random.integer(10 * SECOND, 60 * SECOND)
  if (mergedAt + 10 * SECOND > openUntil) return []
  const incident = seededUuid(seed, key)
  const { category, title, place } = { category: trouble.category.id, title: trouble.title, place: trouble.place }
  const near = { lng: place.lng + random.integer(-180, 180) / 1e6, lat: place.lat + random.integer(-180, 180) / 1e6 }
  const id = (n: number) => seededUuid(seed, key, n)
  return [
    {
      verb: 'signal',
      commandId: id(0),
      incident,
      at,
      actor: 'resident',
      category,
      source: 'resident',
      title,
      place: near,
    },
    { verb: 'report', commandId: id(1), incident, at: confirmedAt, actor: 'dispatcher' },
    {
      verb: 'merge',
      commandId: id(2),
      incident,
      at: mergedAt,
      actor: 'dispatcher',
      into: report.incident,
      reason: '与先报事件为同一事',
    },
  ]
}
