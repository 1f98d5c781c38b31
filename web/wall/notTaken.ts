/** What an address asks of a wall that it can't have: named, so that what is shown is not taken for it. */
import type { LocationQuery } from 'vue-router'
import { instantInAddress } from '#domain/time/instant.ts'

export type NotTaken = { readonly key: 'area' | 'at'; readonly value: string }

/** `areas`: the codes that the viewer may see. */
export function notTaken(query: LocationQuery, areas: ReadonlySet<string>): NotTaken | null {
  const { area, at } = query
  if (typeof area === 'string' && area !== '' && !areas.has(area)) return { key: 'area', value: area }
  if (typeof at === 'string' && at !== '' && instantInAddress(at) === null) return { key: 'at', value: at }
  return null
}
