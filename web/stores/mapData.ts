import type { FeatureCollection } from 'geojson'
import { type HeatFilter, heatParameters } from '#domain/heat/heatFilter.ts'
import type { Api } from '../graphql/client.ts'

export type Basemap = { readonly id: string; readonly data: FeatureCollection }

export async function askBasemap(api: Api, id: string): Promise<Basemap> {
  const response = await api.fetch(`/basemap/${encodeURIComponent(id)}.geojson`)
  return { id, data: (await response.json()) as FeatureCollection }
}

/** Counts of the incidents that a filter wants, as docs/heat.md encodes them. */
export async function askHeat(api: Api, filter: HeatFilter): Promise<Uint8Array> {
  const response = await api.fetch(`/heat/counts?${heatParameters(filter)}`)
  return new Uint8Array(await response.arrayBuffer())
}
