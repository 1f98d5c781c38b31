import { fold } from '../incident/fold.ts'
import type { Incident } from '../incident/incident.ts'
import { type ClockFigures, clockFigures, figuresAt } from '../sla/clockFigures.ts'
import { incidentClocks } from '../sla/incidentClocks.ts'
import type { ReplayDay, ReplayIncident } from './replayDay.ts'

/** An incident as it stood at an instant; the same object until one of its facts comes or goes. */
export type ReplayedIncident = {
  readonly source: ReplayIncident
  readonly incident: Incident
  /** Its clocks as summaries count them, at an instant at which this is how it stood. */
  clocksAt(at: number): ClockFigures
}
/** 复盘 as it was, by all that is known now; 当时所见 by what was known at that instant (SLA.md, "A fact has two times"). */
export type Knowing = 'now' | 'then'

/** The incidents of a day that the viewer may see, as they stood at any instant (epoch ms) of it: newest first, then by id. */
export function incidentsAt(day: ReplayDay, knowing: Knowing): (at: number) => ReplayedIncident[] {
  const histories = day.incidents.map(source => history(source, day, knowing))
  return at => {
    const found: ReplayedIncident[] = []
    for (const { source, standing } of histories) {
      if (source.hiddenFrom !== null && at >= source.hiddenFrom) continue
      const replayed = standing(at)
      if (replayed?.incident.path.some(code => day.scope.includes(code))) found.push(replayed)
    }
    return found.sort(
      ({ incident: a }, { incident: b }) => b.firstAt - a.firstAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
    )
  }
}

function history(source: ReplayIncident, { policies }: ReplayDay, knowing: Knowing) {
  const appears = source.facts.map(fact => (knowing === 'then' ? Math.max(fact.at, fact.recordedAt) : fact.at))
  const instants = [...appears].sort((a, b) => a - b)
  let held: { readonly count: number; readonly replayed: ReplayedIncident | null } = { count: 0, replayed: null }

  function standing(at: number): ReplayedIncident | null {
    let count = 0
    while (count < instants.length && (instants[count] ?? 0) <= at) count++
    if (count !== held.count) held = { count, replayed: foldAt(instants[count - 1] ?? 0) }
    return held.replayed
  }

  /** `since`: the instant from which on it stood like this. */
  function foldAt(since: number): ReplayedIncident | null {
    const known = source.facts.filter((_, i) => (appears[i] ?? 0) <= since)
    const incident = fold(source.id, known)
    if (incident === null) return null
    let figures: ClockFigures | null = null
    const clocksAt = (at: number) => {
      figures ??= clockFigures(incidentClocks(incident, policies, since).readings, known)
      return figuresAt(figures, at)
    }
    return { source, incident, clocksAt }
  }

  return { source, standing }
}
