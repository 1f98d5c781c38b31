/** The day's figures as of a replayed instant, made anew only when something in them changed. */
import type { FlowBin } from '#domain/incident/flow.ts'
import { type Asked, flowOf, summaryOf } from '#domain/replay/figuresOf.ts'
import type { Bin } from '#domain/time/bins.ts'
import type { AreaDay, WallFigures } from '../stores/wallState.ts'

export type DayAsked = Asked & {
  readonly day: Bin
  readonly bins: readonly Bin[]
  readonly children: readonly string[]
}
export type DayFigures = { readonly figures: WallFigures; readonly areaDays: readonly AreaDay[] }

/** Nothing that a panel draws is replaced by the same again: a frame of a replay comes several times a second. */
export function replayFigures(): (asked: DayAsked) => DayFigures {
  let held: {
    key: string
    area: string | null
    incidents: readonly object[]
    flow: FlowBin[]
    told: DayFigures
  } | null = null
  return asked => {
    const { day, bins, children, area, at } = asked
    const incidents = asked.incidents.map(({ incident }) => incident)
    const isSameHistory =
      held !== null &&
      held.area === area &&
      held.incidents.length === incidents.length &&
      held.incidents.every((incident, i) => incident === incidents[i])
    const overall = summaryOf(asked, day, null)
    const key = JSON.stringify(overall)
    if (held !== null && isSameHistory && held.key === key) {
      held = { ...held, told: { ...held.told, figures: { ...held.told.figures, at } } }
      return held.told
    }
    const flow = held !== null && isSameHistory ? held.flow : flowOf(asked, bins)
    const byArea = summaryOf(asked, day, 'AREA')
    const byCategory = summaryOf(asked, day, 'CATEGORY')
    const figures = { at, from: day.from, to: day.to, overall, byArea, byCategory, flow }
    const areaDays = children.map(code => ({
      code,
      byHour: summaryOf({ ...asked, area: code }, day, 'HOUR'),
      byCategory: summaryOf({ ...asked, area: code }, day, 'CATEGORY'),
    }))
    held = { key, area, incidents, flow, told: { figures, areaDays } }
    return held.told
  }
}
