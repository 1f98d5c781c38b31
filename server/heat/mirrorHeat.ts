import { countLevel } from '#domain/heat/countLevel.ts'
import { commonBox, fineBox, windowOf } from '#domain/heat/finePlace.ts'
import type { HeatFilter } from '#domain/heat/heatFilter.ts'
import { mayRead } from '../access/may.ts'
import type { Viewer } from '../access/viewer.ts'
import type { App, ReferenceData } from '../app.ts'
import { ownBounds } from '../incidents/ownBounds.ts'
import type { Heat } from './heat.ts'
import { countCells } from './mirror/countCells.ts'
import { testsOf } from './mirror/dictionaries.ts'
import type { MirrorKeeper } from './mirror/keeper.ts'
import type { Mirror } from './mirror/mirror.ts'
import type { Scan } from './mirror/scan.ts'
import type { ScanThreads } from './mirror/scanThreads.ts'
import { placeLat } from './placeLat.ts'
import { storeHeat } from './storeHeat.ts'

const NOWHERE = { west: 0, north: 0, east: 0, south: 0 }
const DAY_MS = 86_400_000

/** Heat counted from the mirror; from the store where the past is asked for, and until the mirror stands. */
export function mirrorHeat(app: App, keeper: MirrorKeeper, threads: ScanThreads): Heat {
  const store = storeHeat(app)

  async function mirrored(viewer: Viewer, filter: HeatFilter): Promise<Mirrored | null> {
    if (filter.asOf !== null || filter.knownAt !== null || !mayRead(viewer)) return null
    const mirror = await keeper.current()
    if (mirror === null) return null
    const now = app.time.now()
    const reference = await app.reference()
    const own = ownBounds(viewer, reference, now)
    const scan: Scan = {
      from: filter.from,
      to: filter.to,
      weekday: filter.weekday,
      tests: testsOf(mirror.dictionaries, viewer, filter),
      limits: own === null ? null : fineBox(own),
      bounds: filter.bounds === null ? null : fineBox(filter.bounds),
    }
    return { mirror, scan, reference, now }
  }

  return {
    async counts(viewer, filter, bandwidthM) {
      const found = await mirrored(viewer, filter)
      if (found === null) return store.counts(viewer, filter, bandwidthM)
      const { mirror, scan, reference, now } = found
      const box =
        commonBox(scan.limits, scan.bounds) ??
        (await threads.run(mirror.days, () => ({ kind: 'box', scan }))).box ??
        NOWHERE
      const window = windowOf(box, countLevel(box, bandwidthM, placeLat(reference, now, box)))
      const { unlocated, outside, ...counted } = await countCells(threads, mirror.days, scan, window)
      return { head: mirror.head, unlocated, outside, counts: { ...window, ...counted } }
    },
    async times(viewer, filter) {
      const found = await mirrored(viewer, filter)
      if (found === null) return store.times(viewer, filter)
      const { mirror, scan } = found
      const hourOf = Uint8Array.from(mirror.dictionaries.outcome.values, ({ hour }) => hour)
      const { days, unlocated, outside } = await threads.run(mirror.days, () => ({ kind: 'hours', scan, hourOf }))
      const sorted = [...days]
        .sort(([a], [b]) => a - b)
        .map(([day, hours]) => ({ day: dateOf(day), hours: [...hours] }))
      const busy = sorted.filter(({ hours }) => hours.some(n => n > 0))
      const n = busy.reduce((sum, { hours }) => sum + hours.reduce((a, b) => a + b, 0), 0)
      return { head: mirror.head, unlocated, outside, n, days: busy }
    },
  }
}

type Mirrored = {
  readonly mirror: Mirror
  readonly scan: Scan
  readonly reference: ReferenceData
  readonly now: number
}

function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}
