import type { AreaGeometry } from '../geo/geojson.ts'

/** One version of an area: valid from `validFrom` until just before `validTo`, epoch ms; null: always was, always will be. */
export type AreaVersion = {
  readonly code: string
  readonly parent: string | null
  readonly level: string
  readonly name: string
  readonly households: number | null
  readonly validFrom: number | null
  readonly validTo: number | null
  readonly geometry: AreaGeometry | null
  readonly properties: { readonly [key: string]: unknown }
}
