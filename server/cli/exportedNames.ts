import type { HeatFilter } from '#domain/heat/heatFilter.ts'
import type { ReferenceData } from '../app.ts'
import type { Sidecar } from '../exports/sidecar.ts'
import type { OpenApp } from '../openApp.ts'
import { UsageError } from './command.ts'
import { refuseUnknownAreas } from './knownAreas.ts'

/** Whoever mistyped a name would get an empty file, and not hear why. Sources are whatever the facts say, so none is unknown. */
export function refuseUnknownNames(filter: HeatFilter, reference: ReferenceData, app: OpenApp): void {
  if (filter.area !== null) refuseUnknownAreas([filter.area], reference, app, filter.asOf ?? app.time.now())
  const categories = [...reference.categories.keys()]
  const category = filter.category?.find(id => !categories.includes(id))
  if (category !== undefined)
    throw new UsageError(`--category: there is no category ${category}; there are ${listed(categories)}`)
  const clocks = [...new Set(reference.policies.flatMap(policy => Object.keys(policy.clocks)))]
  if (filter.clock !== null && !clocks.includes(filter.clock))
    throw new UsageError(`--clock: no policy has a clock ${filter.clock}; there are ${listed(clocks)}`)
}

function listed(names: readonly string[]): string {
  return names.join(', ') || 'none'
}

/** The file is whole and says the same; who looks for something hears it at once. */
export function nothingIn({ n, window }: Pick<Sidecar, 'n' | 'window'>): string {
  const isSomeLeftOut = Object.values(n.leftOut).some(count => count !== 0)
  return `nothing in this period: no incident from ${window.from} to ${window.to} that the filters let through${isSomeLeftOut ? '; some were left out, and the sidecar says why' : ''}`
}
