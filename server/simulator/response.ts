/** A real dispatcher sends one of our workers: they accept, go there, deal with it, and go back to their round. */
import type { LngLat } from '#domain/incident/facts.ts'
import type { Duty } from './dayPlan.ts'
import { logNormal } from './durations.ts'
import type { SimCommand } from './port.ts'
import { seededRandom, seededUuid } from './random.ts'
import { type Metres, route } from './routes.ts'
import { type Leg, type Motion, motion, walk } from './walker.ts'
import { RESULTS } from './words.ts'
import type { World } from './world.ts'

export type Response = { readonly commands: readonly SimCommand[]; readonly detour: Detour }
/** A way that leaves the planned one at `from` and meets it again at `to`. */
export type Detour = { readonly from: number; readonly to: number; at(instant: number): Motion }

const MINUTE = 60_000

export type Dispatched = {
  readonly incident: string
  readonly place: LngLat | null
  readonly at: number
  readonly isOurs: boolean
}

export function response(
  world: World,
  seed: string,
  duty: Duty,
  whereNow: (instant: number) => Motion,
  { incident, place, at, isOurs }: Dispatched,
): Response {
  const worker = duty.person.id
  const random = seededRandom(seed, incident, worker, at, 'response')
  const acceptedAt = Math.round(at + Math.min(4 * MINUTE, logNormal(55_000, 0.5, random)))
  const start = whereNow(acceptedAt).point
  const goal = place === null ? start : world.graph.toMetres(place)
  const out = walk(route(world.graph, start, goal), acceptedAt, duty.walker.travelMps)
  const resolvedAt = Math.round(out.to + random.between(2.5, 7) * MINUTE)
  const back = wayBack(world, duty, goal, resolvedAt)
  const tell = (verb: SimCommand['verb'], time: number, actor: string, more: Partial<SimCommand> = {}): SimCommand => ({
    verb,
    commandId: seededUuid(seed, incident, worker, at, verb),
    incident,
    at: Math.round(time),
    actor,
    ...more,
  })
  const verifiedAt = resolvedAt + Math.round(random.between(2, 6) * MINUTE)
  return {
    commands: [
      tell('accept', acceptedAt, worker, { assignee: worker }),
      tell('arrive', out.to, worker, { assignee: worker }),
      tell('resolve', resolvedAt, worker, { assignee: worker, result: random.pick(RESULTS) }),
      // What it did not raise it leaves to those who did.
      ...(isOurs ? [tell('verify', verifiedAt, 'dispatcher'), tell('close', verifiedAt + 9_000, 'dispatcher')] : []),
    ],
    detour: {
      from: acceptedAt,
      to: back.to,
      at: instant =>
        motion(instant < out.to ? out : instant < resolvedAt ? standing(goal, out.to, resolvedAt) : back, instant),
    },
  }
}

/** The planned way goes on meanwhile: aim at where it will be when we get there, not at where it is. */
function wayBack(world: World, duty: Duty, from: Metres, leavesAt: number): Leg {
  let back = walk([from, duty.walker.at(leavesAt).point], leavesAt, duty.walker.travelMps)
  for (let i = 0; i < 3; i++) {
    const meet = duty.walker.at(back.to).point
    back = walk(route(world.graph, from, meet), leavesAt, duty.walker.travelMps)
  }
  const meet = duty.walker.at(back.to).point
  return walk([...back.points, meet], leavesAt, duty.walker.travelMps)
}

const standing = (point: Metres, from: number, to: number): Leg => ({ from, to, points: [point], metres: [0] })
