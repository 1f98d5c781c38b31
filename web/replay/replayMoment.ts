import type { FlowBin } from '#domain/incident/flow.ts'
import { flowOf } from '#domain/replay/figuresOf.ts'
import type { FixOf } from '#domain/replay/fixCodec.ts'
import { incidentsAt, type Knowing } from '#domain/replay/incidentsAt.ts'
import type { ReplayDay } from '#domain/replay/replayDay.ts'
import { workersAt } from '#domain/replay/workersAt.ts'
import { inForce } from '#domain/sla/choosePolicy.ts'
import { type Bin, bins } from '#domain/time/bins.ts'
import { within } from '../stores/areas.ts'
import type { Trail } from '../stores/trails.ts'
import type { AreaDay, WallFigures, WallFix, WallFrame, WallLive, WallPolicy } from '../stores/wallState.ts'
import { replayFigures } from './replayFigures.ts'
import { type HeatThen, replayHeat } from './replayHeat.ts'
import { replayIncidents, replayWorkers, wallPolicy } from './replayIncidents.ts'
import { replayPeople } from './replayPeople.ts'

/** The whole screen at one instant, all of it from the same facts and fixes. */
export type Moment = HeatThen & {
  readonly at: number
  readonly live: WallLive
  readonly fixes: ReadonlyMap<string, WallFix>
  readonly trails: ReadonlyMap<string, Trail>
  readonly policies: readonly WallPolicy[]
  readonly figures: WallFigures
  readonly areaDays: readonly AreaDay[]
  /** The whole day's flow, as far as it has happened by now: what a conductor scrubs over. */
  readonly wholeFlow: readonly FlowBin[]
}
export type MomentAsked = {
  readonly at: number
  readonly area: string | null
  readonly fixesOf: (worker: string) => readonly FixOf[]
  readonly wholeWaySince: (worker: string) => number | null
  readonly isHasty: boolean
}

const FLOW_STEP = 'PT5M'
const MOST_AREA_DAYS = 12

/** Folds the instants of one day. What did not change between two of them keeps its identity. */
export function moments(
  day: ReplayDay,
  local: Bin,
  { settings, areas }: WallFrame,
  knowing: Knowing,
): (asked: MomentAsked) => Moment {
  const { timezone, heat } = settings
  const incidentsThen = incidentsAt(day, knowing)
  const figuresOf = replayFigures()
  const heatOf = replayHeat(day)
  const dayBins = bins(local.from, local.to, FLOW_STEP, timezone) ?? []
  let whole: { area: string | null; flow: FlowBin[] } | null = null

  return ({ at, area, fixesOf, wholeWaySince, isHasty }) => {
    const incidents = incidentsThen(at)
    const workers = workersAt(day.workers, incidents, at)
    const { policies } = day
    const children = within(areas, area).map(({ code }) => code)
    const asked = { at, incidents, area, policies, timezone }
    if (whole?.area !== area)
      whole = { area, flow: flowOf({ ...asked, at: day.to, incidents: incidentsThen(day.to) }, dayBins) }
    return {
      at,
      live: {
        head: day.head,
        incidents: replayIncidents(day, incidents, at),
        workers: replayWorkers(workers),
        unlisted: 0,
      },
      ...replayPeople(workers, at, fixesOf, wholeWaySince),
      policies: inForce(policies, at).map(wallPolicy),
      ...figuresOf({ ...asked, day: local, bins: dayBins, children: children.slice(0, MOST_AREA_DAYS) }),
      ...heatOf(incidents, { at, windowMs: heat.windowMs, bandwidthM: heat.bandwidthM, isHasty }),
      wholeFlow: whole.flow,
    }
  }
}
