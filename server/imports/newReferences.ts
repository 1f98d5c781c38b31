/** Areas, categories and workers that a file names and the store lacks: collected, then put once each. */

import type { AreaVersion } from '#domain/area/areaVersion.ts'
import { checkAreas } from '#domain/area/checkAreas.ts'
import type { App, ReferenceData } from '../app.ts'
import type { AreaRow, CategoryRow, WorkerRow } from '../store/eventStore.ts'
import { UnusableInput } from './importReport.ts'
import type { IncidentRow } from './incidentRows.ts'

export type NewReferences = {
  /** Puts what these rows need and no earlier ones have brought. */
  readonly put: (rows: readonly IncidentRow[]) => Promise<void>
  readonly created: () => { readonly areas: number; readonly categories: number; readonly workers: number }
}

export function newReferences(app: App, reference: ReferenceData, dryRun: boolean): NewReferences {
  const areas = new Map<string, AreaRow>()
  const categories = new Map<string, CategoryRow>()
  const workers = new Map<string, WorkerRow>()
  return {
    created: () => ({ areas: areas.size, categories: categories.size, workers: workers.size }),
    async put(rows) {
      const before = { areas: areas.size, categories: categories.size, workers: workers.size }
      for (const { made } of rows) {
        for (const area of made.areas) if (!areas.has(area.code)) areas.set(area.code, area)
        if (made.category && !categories.has(made.category.id)) categories.set(made.category.id, made.category)
        if (made.worker && !workers.has(made.worker.id)) workers.set(made.worker.id, made.worker)
      }
      if (areas.size > before.areas) {
        // A row that breaks the tree would make the whole store unreadable, so the tree is checked before it is touched.
        const [fault] = checkAreas([...reference.areas.versions, ...([...areas.values()] as AreaVersion[])])
        if (fault) throw new UnusableInput(`The mapping's areas do not fit those of the store: ${fault.reason}.`)
      }
      if (dryRun) return
      const store = app.store.reference
      if (areas.size > before.areas) await store.putAreas([...areas.values()].slice(before.areas))
      if (categories.size > before.categories)
        await store.putCategories([...categories.values()].slice(before.categories))
      if (workers.size > before.workers) await store.putWorkers([...workers.values()].slice(before.workers))
    },
  }
}
