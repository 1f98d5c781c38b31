/** What a wall knows, with every instant as epoch milliseconds (UTC). */
import type { MultiPolygon, Polygon } from 'geojson'
import type { ClockState, IncidentStatus, Tier } from '../graphql/generated.ts'

export type WallClock = {
  readonly name: string
  readonly state: ClockState
  readonly elapsedMs: number | null
  readonly limitMs: number | null
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly deadline: number | null
  readonly atRiskFraction: number
}
export type WallFact = { readonly type: string; readonly at: number; readonly reason: string | null }
export type WallIncident = {
  readonly id: string
  readonly number: string
  readonly status: IncidentStatus
  readonly title: string
  readonly category: string
  readonly source: string
  readonly tier: Tier | null
  readonly path: readonly string[]
  readonly place: { readonly lng: number; readonly lat: number } | null
  readonly areaName: string | null
  readonly assignees: readonly string[] // names
  readonly assigneeIds: readonly string[]
  readonly leadingClock: WallClock | null
  readonly facts: readonly WallFact[]
}
export type WallWorker = {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly onDuty: boolean
  readonly incident: string | null // the open one it is on
  readonly area: string | null
}
export type WallFix = {
  readonly at: number
  readonly lng: number
  readonly lat: number
  readonly courseDeg: number | null
  readonly speedMps: number | null
  readonly isSilent?: boolean // of a replay: its phone told nothing for longer than it used to
}
export type WallSource = {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly expectedIntervalMs: number | null
  readonly lastAt: number | null
}
/** A step of the server's clock: when, and by how much. */
export type ClockStep = { readonly at: number; readonly byMs: number }
export type WallPolicy = {
  readonly id: string
  readonly atRiskFraction: number
  readonly clocks: readonly { readonly name: string; readonly limitMs: number | null; readonly pausable: boolean }[]
}
export type WallArea = {
  readonly code: string
  readonly name: string
  readonly level: string
  readonly parent: string | null
  readonly households: number | null
  readonly residents: number | null
  readonly hectares: number | null
  readonly bbox: readonly number[] | null
  readonly geometry: Polygon | MultiPolygon | null
}
export type WallCategory = { readonly id: string; readonly name: string; readonly symbol: string }
export type WallSettings = {
  readonly timezone: string
  readonly name: string
  readonly demo: boolean
  readonly simulate: number | null
  readonly roots: readonly string[]
  readonly levels: readonly string[]
  readonly bounds: readonly number[] | null
  readonly basemap: readonly string[]
  readonly heat: {
    readonly unit: string
    readonly bandwidthM: number
    readonly windowMs: number
    readonly classes: readonly number[]
  }
}
/** What hardly changes while a wall hangs. */
export type WallFrame = {
  readonly settings: WallSettings
  readonly viewerAreas: readonly string[]
  readonly categories: readonly WallCategory[]
  readonly areas: readonly WallArea[]
}
/** What changes live. `head` is the position of the last fact that is in it. */
export type WallLive = {
  readonly head: number
  readonly incidents: ReadonlyMap<string, WallIncident> // open and awaiting verification
  readonly workers: ReadonlyMap<string, WallWorker>
  readonly unlisted: number // open ones beyond what the snapshot holds, when it was read
}
export type Summary = {
  readonly key: string | null
  readonly clock: string
  readonly cohort: number
  readonly met: number
  readonly breached: number
  readonly attainment: number | null
  readonly p50Ms: number | null
  readonly p90Ms: number | null
}
export type FlowBin = {
  readonly from: number
  readonly to: number
  readonly reported: number
  readonly resolved: number
  readonly closed: number
  readonly open: number
  readonly breached: number
  readonly rated: number
  readonly satisfied: number
}
/** Figures of one local day, and when they were read (server time). */
export type WallFigures = {
  readonly at: number
  readonly from: number
  readonly to: number
  readonly overall: readonly Summary[]
  readonly byArea: readonly Summary[]
  readonly byCategory: readonly Summary[]
  readonly flow: readonly FlowBin[]
}
/** The day of one child area, by the hour and by category. */
export type AreaDay = {
  readonly code: string
  readonly byHour: readonly Summary[]
  readonly byCategory: readonly Summary[]
}
export type Plate = {
  readonly code: string
  readonly name: string
  readonly level: string
  readonly households: number | null
  readonly residents: number | null
  readonly sides: {
    readonly north: string | null
    readonly east: string | null
    readonly south: string | null
    readonly west: string | null
  } | null
  readonly workers: readonly { readonly id: string; readonly name: string; readonly role: string }[]
  readonly today: number | null
  readonly open: number
}

/** 在办: signalled or reported, and not resolved, closed, merged or voided. */
export const isOpen = (status: IncidentStatus): boolean =>
  status !== 'RESOLVED' && status !== 'CLOSED' && status !== 'MERGED' && status !== 'VOIDED'
