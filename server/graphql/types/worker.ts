import { mayReadPositions } from '../../access/may.ts'
import { seesWorker } from '../../incidents/sight.ts'
import type { PositionFix } from '../../store/eventStore.ts'
import type { Context } from '../context.ts'
import type { Reading } from '../reading.ts'
import type { WorkerSource } from '../workersThen.ts'
import { type AreaSource, areaSource } from './area.ts'

type Args = Record<string, never>

/** Where somebody is, and whether at work, is shown for the workers of the scope; of a helper from elsewhere only who it is. */
const seen = ({ row }: WorkerSource, { viewer, reference, now }: Reading) => seesWorker(viewer, reference, row, now)

const mayLocate = ({ row }: WorkerSource, { viewer }: Reading) => mayReadPositions(viewer) || viewer.worker === row.id

export const workerResolvers = {
  Worker: {
    id: ({ row }: WorkerSource) => row.id,
    name: ({ row }: WorkerSource) => row.name,
    role: ({ row }: WorkerSource) => row.role,
    leads: (source: WorkerSource, _: Args, { reading }: Context) => (seen(source, reading) ? source.row.leads : []),
    area: ({ row }: WorkerSource, _: Args, { reading }: Context): AreaSource | null =>
      areaSource(reading, row.area, reading.now),
    onDuty: async (source: WorkerSource, _: Args, { reading }: Context) =>
      seen(source, reading) && (await source.when.duty()).has(source.row.id),
    position: async (source: WorkerSource, _: Args, { reading }: Context): Promise<PositionFix | null> =>
      seen(source, reading) && mayLocate(source, reading)
        ? ((await source.when.fixes()).get(source.row.id) ?? null)
        : null,
    incident: async ({ row, when }: WorkerSource) => (await when.incidents()).get(row.id) ?? null,
  },
}
