import type { Knowing } from '#domain/replay/incidentsAt.ts'
import type { ReplayDay } from '#domain/replay/replayDay.ts'
import type { Api } from '../graphql/client.ts'

const iso = (at: number) => encodeURIComponent(new Date(at).toISOString())

export type Stretch = { readonly from: number; readonly to: number; readonly since: number; readonly knowing: Knowing }

export async function askReplayDay(api: Api, { from, to, since, knowing }: Stretch): Promise<ReplayDay> {
  const response = await api.fetch(`/replay/day?from=${iso(from)}&to=${iso(to)}&since=${iso(since)}&knowing=${knowing}`)
  return (await response.json()) as ReplayDay
}

/** As domain/replay/fixCodec.ts reads them. */
export async function askReplayFixes(api: Api, from: number, to: number): Promise<Uint8Array> {
  const response = await api.fetch(`/replay/fixes?from=${iso(from)}&to=${iso(to)}`)
  return new Uint8Array(await response.arrayBuffer())
}
