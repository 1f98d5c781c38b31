import { bboxOf } from '#domain/geo/bbox.ts'
import type { ClockRule, Policy } from '#domain/sla/policy.ts'
import { parseDurationMs } from '#domain/time/duration.ts'
import { mayRead } from '../../access/may.ts'
import { PRESENT } from '../../incidents/asOf.ts'
import { areaSight, seesWorker } from '../../incidents/sight.ts'
import type { Context } from '../context.ts'
import type { Reading } from '../reading.ts'

type Args = Record<string, never>
type HeatSettings = { unit: string; bandwidthM: number; windowMs: number; classes: number[] }
type SourceSetting = { id: string; name: string; kind: string; expectedIntervalMs?: number | null }

/** What a place has not set itself. */
const HEAT: HeatSettings = {
  unit: 'perHectareHour',
  bandwidthM: 150,
  windowMs: 24 * 3_600_000,
  classes: [0.01, 0.02, 0.05, 0.1, 0.2],
}

export const settingsResolvers = {
  Query: {
    settings: (_: unknown, __: Args, { reading, deps }: Context) => {
      const { settings, areas, timezone, name, demo } = reading.reference
      const roots = areas
        .roots(reading.now)
        .filter(root => areaSight(reading.viewer, reading.reference, root.code, reading.now) !== 'none')
      return {
        timezone,
        name,
        demo,
        simulate: typeof settings['simulate'] === 'number' ? settings['simulate'] : null,
        roots: roots.map(root => root.code),
        levels: strings(settings['levels']) ?? levelsOf(reading),
        bounds: boundsOf(reading),
        heat: { ...HEAT, ...(typeof settings['heat'] === 'object' ? settings['heat'] : {}) },
        basemap: strings(settings['basemap']) ?? [],
        clockStep: deps.app.time.lastStep(),
      }
    },
    sources: async (_: unknown, __: Args, { reading }: Context) => {
      const { reference, viewer, now } = reading
      const known = reference.settings['sources']
      if (!Array.isArray(known) || !mayRead(viewer)) return []
      const snapshot = await reading.snapshot()
      const fixes = [...(await reading.workers(PRESENT).fixes()).values()]
      const seen = fixes.filter(({ worker }) => {
        const row = reference.workers.get(worker)
        return row !== undefined && seesWorker(viewer, reference, row, now)
      })
      return Promise.all(
        known.map(async (source: SourceSetting) => {
          const sent = seen.filter(fix => fix.source === source.id).length
          return {
            ...source,
            expectedIntervalMs: source.expectedIntervalMs ?? null,
            lastAt: await snapshot.lastHeard(source.id),
            workers: source.kind === 'positions' || sent > 0 ? sent : null,
          }
        }),
      )
    },
  },
  Policy: {
    clocks: ({ clocks }: Policy) => Object.entries(clocks).map(([name, rule]) => ({ name, ...rule })),
  },
  PolicyClock: {
    limitMs: ({ target }: ClockRule) => parseDurationMs(target),
    pausable: ({ pausable }: ClockRule) => pausable === true,
  },
}

/** Level ids from the top down, as the areas have them. */
function levelsOf({ reference: { areas }, now }: Reading): string[] {
  const levels: string[] = []
  let layer = areas.roots(now)
  while (layer.length > 0) {
    for (const { level } of layer) if (!levels.includes(level)) levels.push(level)
    layer = layer.flatMap(({ code }) => areas.children(code, now))
  }
  return levels
}

/** The box around the viewer's areas; where they have no boundary, around what lies below them that has one. */
function boundsOf({ reference, viewer, now }: Reading): readonly number[] | null {
  const { areas, settings } = reference
  const own = viewer.areas.flatMap(code => {
    const geometry = areas.area(code, now)?.geometry
    if (geometry) return [geometry]
    return areas.subtree(code, now).flatMap(below => areas.area(below, now)?.geometry ?? [])
  })
  const bounds = settings['bounds']
  return bboxOf(own) ?? (Array.isArray(bounds) ? bounds : null)
}

function strings(value: unknown): string[] | null {
  return Array.isArray(value) && value.every(item => typeof item === 'string') ? value : null
}
