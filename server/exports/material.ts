/** Everything that a file is written from, read from the store at one position of the log: plain data that a thread can be given. */
import type { Bbox } from '#domain/geo/bbox.ts'
import type { Datum } from '#domain/geo/datum.ts'
import type { AreaGeometry } from '#domain/geo/geojson.ts'
import type { HeatCounts } from '#domain/heat/quantity.ts'
import type { LngLat } from '#domain/incident/facts.ts'
import type { ClockState } from '#domain/sla/clocks.ts'
import type { ExportRequest } from './exportRequest.ts'
import type { FrameTime } from './frames.ts'

export type Material = {
  readonly request: ExportRequest
  readonly at: number // when it was asked for; clocks and areas are taken as of then unless the filter says otherwise
  readonly head: number
  readonly referenceHash: string
  readonly placeName: string
  readonly names: FilterNames
  readonly timezone: string
  readonly author: Author
  readonly systemCode: number
  readonly bounds: Bbox // what the map shows
  readonly outlines: readonly AreaGeometry[] | null // where heat is cut; null: not cut
  readonly areas: readonly ExportedArea[]
  readonly incidents: readonly ExportedIncident[]
  readonly heat: HeatCounts | null
  readonly frames: readonly (FrameTime & HeatCounts)[]
  readonly n: number | null // null: held back
  readonly leftOut: LeftOut
  /** How many places came in which datum; null where they were counted without being read. */
  readonly datums: { readonly [datum: string]: number } | null
}

/** What the filter's codes are called. */
export type FilterNames = { readonly [kind in 'category' | 'source']: { readonly [code: string]: string } }

export type Author = {
  readonly by: string
  readonly name: string | null
  readonly role: string | null // null: the operator at the shell
  readonly areas: readonly string[] | null // null: all
}

/** Null: held back, or not told apart where the incidents were counted and not read. */
export type LeftOut = {
  readonly unlocated: number | null
  readonly outside: number | null
  readonly voided: number | null
  readonly merged: number | null
}

export type ExportedArea = {
  readonly code: string
  readonly name: string
  readonly level: string
  readonly parent: string | null
  readonly households: number | null
  readonly geometry: AreaGeometry | null
  readonly n: number | null // null: held back
}

export type ExportedIncident = {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly category: string
  readonly categoryName: string
  readonly source: string
  readonly tier: string | null
  readonly firstAt: number
  readonly lastAt: number
  readonly place: LngLat | null
  readonly datum: Datum | null // that the place came in; it is WGS 84 here
  readonly path: readonly string[]
  readonly areaName: string | null
  readonly clocks: { readonly [clock: string]: { readonly state: ClockState; readonly elapsedMs: number | null } }
}
