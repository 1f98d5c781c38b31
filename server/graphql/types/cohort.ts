import { type AsOf, PRESENT } from '../../incidents/asOf.ts'
import type { Cohort, CohortFigures } from '../../incidents/cohort.ts'
import type { OverLimit } from '../../incidents/overLimits.ts'
import type { Context } from '../context.ts'
import { type AreaSource, areaSource } from './area.ts'
import { incidentSource } from './incident.ts'

/** With the instant that its incidents are to be read at. */
export type CohortSource = Cohort & { readonly asOf: AsOf }

type Args = Record<string, never>

export const cohortResolvers = {
  Cohort: {
    worst: ({ worst, asOf }: CohortSource) => worst.map(each => ({ ...each, asOf })),
  },
  CohortFigures: {
    area: ({ by, key, areaAt }: CohortFigures, _: Args, { reading }: Context): AreaSource | null =>
      by !== 'AREA' ? null : (areaSource(reading, key, areaAt) ?? areaSource(reading, key, reading.now)),
  },
  OverLimit: {
    incident: ({ record, asOf }: OverLimit & { asOf?: AsOf }, _: Args, { reading }: Context) =>
      incidentSource(reading, record, asOf ?? PRESENT),
  },
}
