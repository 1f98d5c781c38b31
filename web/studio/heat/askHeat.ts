/** The studio's two doors for figures of heat. Both take the same filter (docs/heat.md). */
import { type HeatFilter, heatParameters } from '#domain/heat/heatFilter.ts'
import type { Api } from '../../graphql/client.ts'

export type ToldCounts = { readonly bytes: Uint8Array; readonly outside: number; readonly unlocated: number }
export type ToldTimes = {
  readonly n: number
  readonly unlocated: number
  readonly outside: number
  readonly days: readonly { readonly day: string; readonly hours: readonly number[] }[]
}

export function countsPath(filter: HeatFilter, bandwidthM: number): string {
  const query = heatParameters(filter)
  query.set('bandwidth', String(bandwidthM))
  return `/heat/counts?${query}`
}

export const timesPath = (filter: HeatFilter): string => `/heat/times?${heatParameters(filter)}`

export async function askCounts(fetch: Api['fetch'], path: string): Promise<ToldCounts> {
  const response = await fetch(path)
  const told = (name: string) => Number(response.headers.get(name) ?? '0')
  return {
    bytes: new Uint8Array(await response.arrayBuffer()),
    outside: told('gridwatch-left-out'),
    unlocated: told('gridwatch-unlocated'),
  }
}

export async function askTimes(fetch: Api['fetch'], path: string): Promise<ToldTimes> {
  return (await (await fetch(path)).json()) as ToldTimes
}
