import { areaTree } from '#domain/area/areaTree.ts'
import type { AreaGeometry } from '#domain/geo/geojson.ts'
import type { ReferenceData } from './app.ts'
import type { EventStore } from './store/eventStore.ts'

/** Another process may have changed the rows (an import, a new token): looked at no more often than this. */
const LOOK_EVERY_MS = 500

/** Reads the reference rows as one value and again when their revision has moved. `monotonicMs` paces the look. */
export function referenceCache(store: EventStore, monotonicMs: () => number): () => Promise<ReferenceData> {
  let held: Promise<ReferenceData> | null = null
  let lookedAt = Number.NEGATIVE_INFINITY
  const sinceKnown = async (known: Promise<ReferenceData> | null) => freshReference(store, await known)

  return () => {
    const now = monotonicMs()
    if (held !== null && now - lookedAt < LOOK_EVERY_MS) return held
    lookedAt = now
    const previous = held
    held = sinceKnown(previous).catch(error => {
      held = previous
      throw error
    })
    return held
  }
}

/** What is there now: a cached reference may be half a second old. It is read only where `known` is not it. */
export async function freshReference(store: EventStore, known: ReferenceData | null = null): Promise<ReferenceData> {
  const revision = await store.reference.revision()
  return known?.revision === revision ? known : read(store, revision)
}

async function read(store: EventStore, revision: number): Promise<ReferenceData> {
  const { reference } = store
  const [areas, categories, policies, workers, devices, settings] = await Promise.all([
    reference.areas(),
    reference.categories(),
    reference.policies(),
    reference.workers(),
    reference.devices(),
    reference.settings(),
  ])
  return {
    revision,
    // Geometry was checked when it was imported.
    areas: areaTree(areas.map(row => ({ ...row, geometry: row.geometry as AreaGeometry | null }))),
    categories: new Map(categories.map(row => [row.id, row])),
    policies,
    workers: new Map(workers.map(row => [row.id, row])),
    devices,
    timezone: typeof settings.timezone === 'string' ? settings.timezone : 'Asia/Shanghai',
    name: typeof settings.name === 'string' ? settings.name : 'Gridwatch',
    demo: settings.demo === true,
    settings,
  }
}
