/** The door of the wall: answers of the API become wall state here, and instants become numbers. */
import type {
  ClockPartsFragment,
  GridPlateQuery,
  IncidentPartsFragment,
  WallFiguresQuery,
  WallFrameQuery,
  WallSnapshotQuery,
  WallSourcesQuery,
  WorkerPartsFragment,
} from '../graphql/generated.ts'
import type {
  ClockStep,
  Plate,
  WallClock,
  WallFigures,
  WallFix,
  WallFrame,
  WallIncident,
  WallLive,
  WallSource,
  WallWorker,
} from './wallState.ts'

export const instant = (text: string): number => Date.parse(text)
const instantOrNull = (text: string | null): number | null => (text === null ? null : instant(text))

export function readIncident(parts: IncidentPartsFragment): WallIncident {
  return {
    id: parts.id,
    number: parts.number,
    status: parts.status,
    title: parts.title,
    category: parts.category,
    source: parts.source,
    tier: parts.tier,
    path: parts.path,
    place: parts.place && { lng: parts.place.lng, lat: parts.place.lat },
    areaName: parts.area?.name ?? null,
    assignees: parts.assignees.map(worker => worker.name),
    assigneeIds: parts.assignees.map(worker => worker.id),
    leadingClock: parts.leadingClock && readClock(parts.leadingClock),
    facts: parts.facts.map(fact => ({ type: fact.type, at: instant(fact.at), reason: fact.reason })),
  }
}

function readClock(parts: ClockPartsFragment): WallClock {
  return {
    name: parts.name,
    state: parts.state,
    elapsedMs: parts.elapsedMs,
    limitMs: parts.limitMs,
    startedAt: instantOrNull(parts.startedAt),
    endedAt: instantOrNull(parts.endedAt),
    deadline: instantOrNull(parts.deadline),
    atRiskFraction: parts.atRiskFraction,
  }
}

export function readWorker(parts: WorkerPartsFragment): WallWorker {
  const { id, name, role, onDuty, incident } = parts
  return { id, name, role, onDuty, incident, area: parts.area?.code ?? null }
}

export function readFix(fix: {
  at: string
  lng: number
  lat: number
  courseDeg: number | null
  speedMps: number | null
}): WallFix {
  return { at: instant(fix.at), lng: fix.lng, lat: fix.lat, courseDeg: fix.courseDeg, speedMps: fix.speedMps }
}

export function readSources(sources: WallSourcesQuery['sources']): readonly WallSource[] {
  return sources.map(({ id, name, kind, expectedIntervalMs, lastAt }) => ({
    id,
    name,
    kind,
    expectedIntervalMs,
    lastAt: instantOrNull(lastAt),
  }))
}

export function readClockStep({ clockStep }: WallSourcesQuery['settings']): ClockStep | null {
  return clockStep && { at: instant(clockStep.at), byMs: clockStep.byMs }
}

export function readFrame(data: WallFrameQuery): WallFrame {
  return {
    settings: data.settings,
    viewerAreas: data.me.areas,
    categories: data.categories,
    areas: data.areas.map(area => ({ ...area, parent: area.parent?.code ?? null })),
  }
}

export function readSnapshot(data: WallSnapshotQuery): {
  live: WallLive
  fixes: Map<string, WallFix>
  policies: WallSnapshotQuery['policies']
  sources: readonly WallSource[]
} {
  const incidents = [...data.open.nodes, ...data.awaiting.nodes].map(readIncident)
  return {
    live: {
      head: data.head,
      incidents: new Map(incidents.map(incident => [incident.id, incident])),
      workers: new Map(data.workers.map(worker => [worker.id, readWorker(worker)])),
      unlisted: Math.max(0, data.open.totalCount - data.open.nodes.length),
    },
    fixes: new Map(
      data.workers.flatMap(({ id, onDuty, position }) =>
        onDuty && position ? [[id, readFix(position)] as const] : [],
      ),
    ),
    policies: data.policies,
    sources: readSources(data.sources),
  }
}

export function readFigures(data: WallFiguresQuery, at: number, from: number, to: number): WallFigures {
  return {
    at,
    from,
    to,
    overall: data.overall,
    byArea: data.byArea,
    byCategory: data.byCategory,
    flow: data.flow.map(bin => ({ ...bin, from: instant(bin.from), to: instant(bin.to) })),
  }
}

export function readPlate(area: NonNullable<GridPlateQuery['area']>): Plate {
  const { code, name, level, households, residents, sides, workers, counts } = area
  return { code, name, level, households, residents, sides, workers, today: counts.today, open: counts.open }
}
