import type { FeatureCollection } from 'geojson'
import type { Api } from '../graphql/client.ts'

export type Basemap = { readonly id: string; readonly data: FeatureCollection }

export async function askBasemap(api: Api, id: string): Promise<Basemap> {
  const response = await api.fetch(`/basemap/${encodeURIComponent(id)}.geojson`)
  return { id, data: (await response.json()) as FeatureCollection }
}

/** Counts of incidents whose first fact lies in [from, to), as docs/heat.md encodes them. */
export async function askHeat(api: Api, from: number, to: number): Promise<Uint8Array> {
  const iso = (at: number) => encodeURIComponent(new Date(at).toISOString())
  const response = await api.fetch(`/heat/counts?from=${iso(from)}&to=${iso(to)}`)
  return new Uint8Array(await response.arrayBuffer())
}
