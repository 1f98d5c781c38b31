/** One worker's way through a day: patrol until called, along the street to the place, there until done, patrol again. */
import type { Random } from './random.ts'
import { length, type Metres, type RoadGraph, route } from './routes.ts'

/** A stretch of the way; one point: standing. `metres[i]`: length of the way from the leg's start to its i-th point. */
export type Leg = {
  readonly from: number
  readonly to: number
  readonly points: readonly Metres[]
  readonly metres: readonly number[]
}
export type Motion = { readonly point: Metres; readonly speedMps: number; readonly courseDeg: number | null }

export type Walker = {
  /** Where they are; patrol is made up as far as it is asked for. */
  at(instant: number): Motion
  /** Leaves for a place; says when they get there. They stay until `release`. */
  goTo(place: Metres, leavesAt: number): number
  release(at: number): void
  readonly travelMps: number
}

const PATROL_MPS = { fullTime: 1.15, partTime: 0.95, enforcement: 1.25, police: 1.35, patrolCar: 5.5 }
// Called, they take the scooter or the car.
const TRAVEL_MPS = { fullTime: 3.4, partTime: 2.6, enforcement: 4.2, police: 4.6, patrolCar: 8.5 }

export function walker(
  graph: RoadGraph,
  beat: ReadonlySet<number>,
  role: keyof typeof PATROL_MPS,
  begins: number,
  random: Random,
): Walker {
  const patrolMps = PATROL_MPS[role] * random.between(0.88, 1.12)
  const travelMps = TRAVEL_MPS[role] * random.between(0.9, 1.1)
  const nodes = [...beat]
  const start = graph.points[random.pick(nodes)] ?? [0, 0]
  const legs: Leg[] = [stand(start, begins, begins + random.between(20_000, 120_000))]
  let node = -1 // where the last leg ends, if it is a node of the roads
  let before = -1

  const onwards = (from: number, notBack: number): number => {
    const around = graph.neighbours[from] ?? []
    for (let i = random.integer(0, around.length - 1), n = around.length; n > 0; i++, n--) {
      const next = around[i % around.length] ?? from
      if (next !== notBack && beat.has(next)) return next
    }
    return notBack >= 0 ? notBack : from
  }
  const end = () => legs.at(-1) ?? stand(start, begins, begins)
  const endPoint = () => end().points.at(-1) ?? start
  const patrol = () => {
    const here = end()
    if (random.chance(0.3)) {
      legs.push(stand(endPoint(), here.to, here.to + random.between(15_000, 110_000)))
      return
    }
    if (node < 0 || !beat.has(node)) {
      node = random.pick(nodes)
      legs.push(walk(route(graph, endPoint(), graph.points[node] ?? start), here.to, patrolMps))
      return
    }
    const way: Metres[] = [endPoint()]
    for (let i = random.integer(3, 9); i > 0; i--) {
      const next = onwards(node, before)
      before = node
      node = next
      way.push(graph.points[node] ?? start)
    }
    legs.push(walk(way, here.to, patrolMps))
  }
  const reach = (instant: number) => {
    while (end().to <= instant) patrol()
  }
  const cut = (instant: number): Metres => {
    reach(instant)
    while (legs.length > 1 && end().from >= instant) legs.pop()
    const last = legs.pop() ?? stand(start, begins, instant)
    const { point } = motion(last, instant)
    legs.push(shortened(last, point, instant))
    node = -1
    before = -1
    return point
  }

  return {
    travelMps,
    at: instant => {
      reach(instant)
      return motion(legAt(legs, instant), instant)
    },
    goTo: (place, leavesAt) => {
      const leg = walk(route(graph, cut(leavesAt), place), leavesAt, travelMps)
      legs.push(leg, stand(place, leg.to, Number.POSITIVE_INFINITY))
      return leg.to
    },
    release: at => {
      const last = legs.pop()
      if (last !== undefined) legs.push({ ...last, to: Math.max(at, last.from) })
    },
  }
}

const stand = (point: Metres, from: number, to: number): Leg => ({ from, to, points: [point], metres: [0] })

export function walk(points: readonly Metres[], from: number, mps: number): Leg {
  const metres = [0]
  for (let i = 1; i < points.length; i++) {
    metres.push((metres[i - 1] ?? 0) + length(points[i - 1] ?? [0, 0], points[i] ?? [0, 0]))
  }
  return { from, to: from + Math.max(1000, Math.round(((metres.at(-1) ?? 0) / mps) * 1000)), points, metres }
}

function legAt(legs: readonly Leg[], instant: number): Leg {
  let low = 0
  let high = legs.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((legs[middle]?.to ?? 0) <= instant) low = middle + 1
    else high = middle
  }
  return legs[low] ?? stand([0, 0], instant, instant)
}

export function motion(leg: Leg, instant: number): Motion {
  const whole = leg.metres.at(-1) ?? 0
  const first = leg.points[0] ?? [0, 0]
  if (leg.points.length === 1 || whole === 0) return { point: first, speedMps: 0, courseDeg: null }
  const t = Math.max(0, Math.min(1, (instant - leg.from) / (leg.to - leg.from)))
  const i = pieceAt(leg, t * whole)
  const [a, b] = [leg.points[i - 1] ?? first, leg.points[i] ?? first]
  const piece = (leg.metres[i] ?? 0) - (leg.metres[i - 1] ?? 0)
  const share = piece === 0 ? 0 : (t * whole - (leg.metres[i - 1] ?? 0)) / piece
  const course = (Math.atan2(b[0] - a[0], b[1] - a[1]) * 180) / Math.PI
  return {
    point: [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share],
    speedMps: (whole / (leg.to - leg.from)) * 1000,
    courseDeg: (course + 360) % 360,
  }
}

function pieceAt(leg: Leg, metres: number): number {
  let i = 1
  while (i < leg.points.length - 1 && (leg.metres[i] ?? 0) < metres) i++
  return i
}

/** The part of a leg before an instant, which ends at `point`. */
function shortened(leg: Leg, point: Metres, to: number): Leg {
  if (leg.points.length === 1) return { ...leg, to }
  const whole = leg.metres.at(-1) ?? 0
  const metres = whole * Math.max(0, Math.min(1, (to - leg.from) / (leg.to - leg.from)))
  const i = pieceAt(leg, metres)
  return {
    from: leg.from,
    to,
    points: [...leg.points.slice(0, i), point],
    metres: [...leg.metres.slice(0, i), metres],
  }
}
