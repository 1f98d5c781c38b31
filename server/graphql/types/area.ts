import type { AreaVersion } from '#domain/area/areaVersion.ts'
import { areaM2 } from '#domain/geo/areaM2.ts'
import { bboxOf } from '#domain/geo/bbox.ts'
import { mayRead } from '../../access/may.ts'
import { PRESENT } from '../../incidents/asOf.ts'
import { areaSight, type Sight, seesWorker } from '../../incidents/sight.ts'
import type { Context } from '../context.ts'
import type { AreaCounts } from '../counts.ts'
import type { Reading } from '../reading.ts'
import type { WorkerSource } from '../workersThen.ts'

/** A version of an area, read among the versions of one instant. */
export type AreaSource = { readonly version: AreaVersion; readonly at: number; readonly sight: Sight }

export function areaSource(reading: Reading, code: string | null | undefined, at: number): AreaSource | null {
  if (code == null) return null
  const { viewer, reference } = reading
  const version = reference.areas.area(code, at)
  const sight = version === null ? 'none' : areaSight(viewer, reference, code, at)
  return version === null || sight === 'none' ? null : { version, at, sight }
}

type Args = Record<string, never>
const seen = ({ sight }: AreaSource) => sight === 'full'

export const areaResolvers = {
  Area: {
    code: ({ version }: AreaSource) => version.code,
    name: ({ version }: AreaSource) => version.name,
    level: ({ version }: AreaSource) => version.level,
    validFrom: ({ version }: AreaSource) => version.validFrom,
    validTo: ({ version }: AreaSource) => version.validTo,
    parent: ({ version, at }: AreaSource, _: Args, { reading }: Context) => areaSource(reading, version.parent, at),
    children: ({ version, at }: AreaSource, _: Args, { reading }: Context) =>
      reading.reference.areas
        .children(version.code, at)
        .map(child => areaSource(reading, child.code, at))
        .filter(source => source !== null),
    households: (source: AreaSource) => (seen(source) ? source.version.households : null),
    residents: (source: AreaSource) => (seen(source) ? whole(source.version.properties['residents']) : null),
    geometry: (source: AreaSource) => (seen(source) ? source.version.geometry : null),
    hectares: (source: AreaSource) => {
      const { geometry } = source.version
      return seen(source) && geometry !== null ? areaM2(geometry) / 10_000 : null
    },
    bbox: (source: AreaSource) => {
      const { geometry } = source.version
      return seen(source) && geometry !== null ? bboxOf([geometry]) : null
    },
    sides: (source: AreaSource) => (seen(source) ? sidesOf(source.version.properties['sides']) : null),
    workers: ({ version, at }: AreaSource, _: Args, { reading }: Context): WorkerSource[] => {
      const { reference, viewer } = reading
      const below = (code: string | null) => code !== null && reference.areas.path(code, at).includes(version.code)
      return [...reference.workers.values()]
        .filter(row => (below(row.area) || row.leads.some(below)) && seesWorker(viewer, reference, row, reading.now))
        .map(row => ({ row, when: reading.workers(PRESENT) }))
    },
    counts: async ({ version, at, sight }: AreaSource, _: Args, { reading }: Context): Promise<AreaCounts> => {
      const { viewer, reference } = reading
      if (!mayRead(viewer)) return { today: 0, open: 0 }
      if (sight === 'full') return reading.counts(version.code)
      // Of what lies above the scope only the part within it is counted.
      const own = outermost(
        viewer.areas.filter(code => reference.areas.path(code, at).includes(version.code)),
        code => reference.areas.path(code, at),
      )
      const parts = await Promise.all(own.map(code => reading.counts(code)))
      return { today: sum(parts.map(part => part.today)), open: sum(parts.map(part => part.open)) }
    },
  },
}

/** Without those that lie in another of them. */
export function outermost(codes: readonly string[], path: (code: string) => readonly string[]): string[] {
  return codes.filter(code => !path(code).some(above => above !== code && codes.includes(above)))
}

function sidesOf(value: unknown): object | null {
  if (typeof value !== 'object' || value === null) return null
  const text = (side: string) => {
    const found: unknown = Reflect.get(value, side)
    return typeof found === 'string' ? found : null
  }
  return { north: text('north'), east: text('east'), south: text('south'), west: text('west') }
}

function whole(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : null
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
