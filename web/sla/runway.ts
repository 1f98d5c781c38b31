/** Where things stand on the runway (VISUAL §6), in percent of the track. */
import { countdown } from './duration.ts'
import type { Lane } from './lanes.ts'
import type { LiveIncident, MarkState } from './liveIncident.ts'

export const DEADLINE_X = 76 // All lanes share one deadline line.
const LAST_X = 98
const END_RATIO = 1.5 // The end of the track is half a limit past the deadline.
const TAIL_MS = 12_000
const NEAR_X = 1.6 // Closer than this, dots step aside alternately.
const NEAR_REM = 0.9 // The same where the track is short.
const SEAL_REM = 1.36 // Closer than this, one seal would cover another's symbol.
const NAME_REM = 4.5 // What a grid's name takes after a block.
const SEAL_RADIUS_REM = 1.2 // with its halo
const DOT_RADIUS_REM = 0.7
const CHARACTER_REM = 0.8 // of a time
const BELL_REM = 1.35
const TICK_REM = [0.1, 3.2] as const // from where to where a tick's text stands behind it
const TICKS_CLEAR_REM = 3.9 // A lane as high as this keeps its ticks below all that stands on its line.
const MOST_DOTS = 24 // A wall's runway stays below a hundred nodes.

/** The track of one lane. */
export type Track = { readonly widthRem: number; readonly heightRem: number }
/** Of a wall of 16:9. */
export const USUAL_TRACK: Track = { widthRem: 56.5, heightRem: 2.67 }

export type Dot = {
  readonly item: LiveIncident
  readonly state: MarkState
  readonly x: number
  readonly tail: number // how far it came in the last 12 s
  readonly lift: -1 | 0 | 1 // steps aside: up, not, down
  readonly hasSymbol: boolean // false: its seal lies partly under a more urgent one
  readonly hasLabel: boolean
  readonly labelX: number // the label's end for what is at risk: behind the dots that crowd there
  readonly crowd: number // how many at-risk dots the label stands for
  readonly hasName: boolean // room for the grid's name after a block
  readonly isAtEnd: boolean // too near the end: it is anchored by its right edge
}
export type LaneGeometry = {
  readonly dots: readonly Dot[]
  readonly moreBreached: number // the `+n` behind the worst
  readonly moreRunning: number // the least advanced, counted instead of drawn
  readonly riskFrom: number
  readonly band: { readonly from: number; readonly to: number } | null // today's P50–P90
  readonly ticks: readonly { readonly x: number; readonly ms: number }[]
}

/** x of a ratio elapsed ÷ limit. */
export function runwayX(ratio: number): number {
  if (ratio <= 1) return Math.max(0, ratio) * DEADLINE_X
  return Math.min(LAST_X, DEADLINE_X + ((ratio - 1) / (END_RATIO - 1)) * (100 - DEADLINE_X))
}

export function laneGeometry(lane: Lane, track: Track = USUAL_TRACK): LaneGeometry {
  const ordered = lane.items.toSorted((a, b) => ratio(b) - ratio(a) || (a.incident.id < b.incident.id ? -1 : 1))
  const breached = ordered.filter(item => item.state === 'breached')
  const rest = ordered.filter(item => item.state !== 'breached')
  // Past the line there is room for one block: two with their bells would lie on each other.
  const blocks = breached.slice(0, 1)
  const shown = rest.slice(0, MOST_DOTS)
  const { limitMs } = lane
  const share = (rem: number) => (100 * rem) / track.widthRem
  const dots = withSymbols([...blockDots(blocks, share), ...runningDots(shown, share)], share)
  const ticks = limitMs === null ? [] : tickMs(limitMs).map(ms => ({ ms, x: runwayX(ms / limitMs) }))
  return {
    dots,
    moreBreached: breached.length - blocks.length,
    moreRunning: rest.length - shown.length,
    riskFrom: DEADLINE_X * lane.atRiskFraction,
    band:
      limitMs === null || lane.p50Ms === null
        ? null
        : { from: runwayX(lane.p50Ms / limitMs), to: lane.p90Ms === null ? LAST_X : runwayX(lane.p90Ms / limitMs) },
    ticks: track.heightRem < TICKS_CLEAR_REM ? uncovered(ticks, dots, share) : ticks,
  }
}

const ratio = (item: LiveIncident): number => (item.clock ? item.clock.elapsedMs / item.clock.limitMs : 0)
const itemX = (item: LiveIncident): number => runwayX(ratio(item))

/** What so many rem take of the track, in percent. */
type Share = (rem: number) => number

function blockDots(blocks: readonly LiveIncident[], share: Share): Dot[] {
  return blocks.map(item => {
    const x = itemX(item)
    const end = x + share(blockRem(item))
    return { ...dot(item, x), hasLabel: true, isAtEnd: end > 100, hasName: end + share(NAME_REM) <= 100 }
  })
}

/** A block: a symbol, the overtime, the padding, and a bell where nobody has acknowledged it. */
function blockRem({ isUnacknowledged, clock }: LiveIncident): number {
  return 2.7 + countdown(clock?.remainingMs ?? 0).length * CHARACTER_REM + (isUnacknowledged ? BELL_REM : 0)
}

/** The label behind an at-risk dot, to the dot's middle. */
function labelRem({ item, crowd }: Dot): number {
  const time = countdown(item.clock?.remainingMs ?? 0).length * CHARACTER_REM
  return 1.6 + time + (item.isUnacknowledged ? BELL_REM : 0) + (crowd > 1 ? 1 : 0)
}

/** The ticks whose texts nothing hides: half a text says less than none. */
function uncovered<Tick extends { readonly x: number }>(ticks: readonly Tick[], dots: readonly Dot[], share: Share) {
  const covers = dots.flatMap((each): [number, number][] => {
    if (each.hasLabel) return [[each.labelX - share(labelRem(each)), each.x + share(SEAL_RADIUS_REM)]]
    const isSeal = each.state === 'atRisk' || each.state === 'unknown'
    const radius = share(isSeal ? SEAL_RADIUS_REM : DOT_RADIUS_REM)
    return isSeal || each.lift === 1 ? [[each.x - radius, each.x + radius]] : []
  })
  return ticks.filter(({ x }) => {
    const [from, to] = [x + share(TICK_REM[0]), x + share(TICK_REM[1])]
    return covers.every(([left, right]) => right <= from || left >= to)
  })
}

function runningDots(items: readonly LiveIncident[], share: Share): Dot[] {
  const dots: Dot[] = []
  let previousX = Number.POSITIVE_INFINITY
  let side: -1 | 1 = 1
  for (const item of items) {
    const x = itemX(item)
    const isNear = previousX - x < Math.max(NEAR_X, share(NEAR_REM))
    side = isNear ? (side === 1 ? -1 : 1) : 1
    previousX = x
    const isPlain = item.state === 'normal' || item.state === 'paused'
    dots.push({ ...dot(item, x), lift: isNear && isPlain ? side : 0 })
  }
  return labelled(dots, share)
}

/** At-risk dots whose labels would lie on each other share one: the most urgent's time, behind the last of them. */
function labelled(dots: readonly Dot[], share: Share): Dot[] {
  const result = [...dots]
  let head = -1
  dots.forEach((each, index) => {
    if (each.state !== 'atRisk' && each.state !== 'unknown') return
    const leader = result[head]
    if (leader && leader.labelX - each.x < share(labelRem(leader))) {
      result[head] = { ...leader, labelX: each.x, crowd: leader.crowd + 1 }
    } else {
      head = index
      result[index] = { ...each, hasLabel: true, crowd: 1 }
    }
  })
  return result
}

/** Of seals that would lie on each other the most urgent keeps its symbol. */
function withSymbols(dots: readonly Dot[], share: Share): Dot[] {
  let lastX = Number.POSITIVE_INFINITY
  return dots.map(each => {
    const isSealed = each.state !== 'normal' && each.state !== 'paused'
    const hasSymbol = isSealed && lastX - each.x >= share(SEAL_REM)
    if (hasSymbol) lastX = each.x
    return { ...each, hasSymbol }
  })
}

function dot(item: LiveIncident, x: number): Dot {
  const limitMs = item.clock?.limitMs ?? 0
  const moves = item.state !== 'paused' && limitMs > 0
  const tail = moves ? Math.min(x, (TAIL_MS / limitMs) * DEADLINE_X) : 0
  return {
    item,
    state: item.state,
    x,
    tail,
    lift: 0,
    hasSymbol: false,
    hasLabel: false,
    labelX: x,
    crowd: 0,
    hasName: false,
    isAtEnd: false,
  }
}

const TICK_STEPS_MS = [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800].map(
  seconds => seconds * 1000,
)

/** Up to three multiples of a round step, where the dots still are. */
function tickMs(limitMs: number): readonly number[] {
  const step = TICK_STEPS_MS.find(ms => ms >= limitMs / 5) ?? limitMs / 4
  return [1, 2, 3].map(n => n * step).filter(ms => ms <= limitMs * 0.7)
}
