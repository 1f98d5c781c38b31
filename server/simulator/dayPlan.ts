/** One local day of the street, whole: every fact with its true time, and everybody's way. A pure function of seed and day. */
import { localWeekday, nextLocalDay, parseLocal } from '#domain/time/localTime.ts'
import { type Trouble, troublesOf } from './demand.ts'
import type { PlannedFact, SimCommand } from './port.ts'
import { seededRandom, seededUuid } from './random.ts'
import { length } from './routes.ts'
import { type DutySpan, dutySpans } from './shifts.ts'
import { duplicateOf, type Going, type Send, story } from './story.ts'
import { type Walker, walker } from './walker.ts'
import type { World } from './world.ts'

/** Somebody's duty: the time of it, the way they went. */
export type Duty = DutySpan & { readonly walker: Walker; readonly endsAt: number }
export type DayPlan = {
  readonly day: string
  readonly from: number
  readonly to: number
  readonly facts: readonly PlannedFact[] // in order of `at`; some lie after `to`: what began this day ends when it ends
  readonly duties: readonly Duty[]
  readonly incidents: ReadonlySet<string>
}

type Attendance = { readonly span: DutySpan; readonly walker: Walker; freeAt: number }

const MINUTE = 60_000
/** Where limits are missed more or less often than on the street as a whole. */
const SLOW: { readonly [community: string]: number } = {
  安澜社区: 1.45,
  沙渚社区: 1.3,
  望江社区: 1.05,
  书院社区: 1,
  白鹭社区: 0.9,
  柳堤社区: 0.85,
  晴川社区: 0.7,
  桐荫社区: 0.6,
}
const SUITS: { readonly [category: string]: { readonly [role: string]: number } } = {
  illegalParking: { enforcement: 0.75, patrolCar: 0.6, police: 0.9 },
  streetTrading: { enforcement: 0.6, patrolCar: 1.4 },
  dispute: { police: 0.6, fullTime: 0.85, patrolCar: 2 },
  helpRequest: { fullTime: 0.8, enforcement: 2, patrolCar: 1.5 },
  careVisit: { fullTime: 0.6, enforcement: 3, patrolCar: 3 },
}

export function dayPlan(world: World, seed: string, day: string): DayPlan {
  const from = parseLocal(day, 'yyyy-MM-dd', world.timezone)
  if (from === null) throw new Error(`no local day: ${day}`)
  const to = nextLocalDay(from, world.timezone)
  const staff: Attendance[] = dutySpans(world.people, seed, day, from, to).map(span => {
    const { person } = span
    const grows = person.role === 'fullTime' || person.role === 'partTime'
    const beat = world.nodesOf(grows ? person.area : person.area.slice(0, 12)) // a specialist walks a whole community
    const random = seededRandom(seed, day, person.id, span.from < from + 6 * 60 * MINUTE ? 'early' : 'late')
    // Nobody is sent at once: a night shift may still be on its way from the day before.
    return { span, walker: walker(world.graph, beat, person.role, span.from, random), freeAt: span.from + 3 * MINUTE }
  })
  const commands: SimCommand[] = []
  const incidents = new Set<string>()
  troublesOf(world, seed, day, from, localWeekday(from, world.timezone)).forEach((trouble, n) => {
    const key = `${day}/${n}`
    const slow = SLOW[world.community(trouble.point) ?? ''] ?? 1
    const own = story(trouble, seed, key, slow, sender(staff))
    const again = seededRandom(seed, key, 'again').chance(0.02) ? duplicateOf(trouble, own, seed, `${key}/again`) : []
    commands.push(...own, ...again)
    for (const command of [...own, ...again]) incidents.add(command.incident)
  })
  const duties = staff.map(({ span, walker, freeAt }) => ({
    ...span,
    walker,
    endsAt: span.ends ? Math.max(span.to, freeAt + MINUTE) : span.to,
  }))
  const facts: PlannedFact[] = [
    ...commands.map(command => ({ kind: 'command', at: command.at, command }) as const),
    ...duties.flatMap(duty => dutyFacts(seed, day, duty)),
  ]
  facts.sort((a, b) => a.at - b.at)
  return { day, from, to, facts, duties, incidents }
}

function dutyFacts(seed: string, day: string, duty: Duty): PlannedFact[] {
  const worker = duty.person.id
  const id = (kind: string) => seededUuid(seed, day, worker, kind)
  return [
    ...(duty.starts ? [{ kind: 'startDuty', at: duty.from, worker, commandId: id('startDuty') } as const] : []),
    ...(duty.ends ? [{ kind: 'endDuty', at: duty.endsAt, worker, commandId: id('endDuty') } as const] : []),
  ]
}

/** The nearest in travel time who is on duty, free and fit for it; their own grid leader a little sooner. */
function sender(staff: readonly Attendance[]): Send {
  return (trouble: Trouble, at: number, leavesAt: number, not: string | null): Going | null => {
    let best: Attendance | null = null
    let bestScore = Number.POSITIVE_INFINITY
    for (const one of staff) {
      const { span, walker, freeAt } = one
      if (span.person.id === not || span.from + 2 * MINUTE > at || span.to - 20 * MINUTE < at) continue
      const late = Math.max(0, freeAt - at)
      const metres = length(walker.at(Math.max(at, freeAt)).point, trouble.point)
      const score = (metres / walker.travelMps) * (SUITS[trouble.category.id]?.[span.person.role] ?? 1) + late / 200
      if (score < bestScore) [best, bestScore] = [one, score]
    }
    if (best === null) return null
    const chosen = best
    if (leavesAt === Number.POSITIVE_INFINITY) {
      return { worker: chosen.span.person.id, arrivesAt: leavesAt, release: () => undefined }
    }
    const leaves = Math.max(leavesAt, chosen.freeAt)
    const arrivesAt = chosen.walker.goTo(trouble.point, leaves)
    chosen.freeAt = Number.POSITIVE_INFINITY
    return {
      worker: chosen.span.person.id,
      arrivesAt,
      release: until => {
        chosen.freeAt = until
        chosen.walker.release(until)
      },
    }
  }
}
