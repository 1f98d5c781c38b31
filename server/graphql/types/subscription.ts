import { mayReadPositions } from '../../access/may.ts'
import { PRESENT } from '../../incidents/asOf.ts'
import type { Change } from '../../live/changes.ts'
import type { PositionBatch } from '../../live/positionBoard.ts'
import type { Context } from '../context.ts'
import { Refusal, UNAUTHENTICATED } from '../refusal.ts'
import { incidentSource } from './incident.ts'

type Args = Record<string, never>
type Of<K extends Change['kind']> = Extract<Change, { kind: K }>

export const subscriptionResolvers = {
  Subscription: {
    changes: {
      subscribe: async (
        _: unknown,
        { after, area }: { after?: number | null; area?: string | null },
        context: Context,
      ): Promise<AsyncIterable<readonly Change[]>> => {
        const head = await context.deps.app.store.head()
        if (after != null && (after < 0 || after > head)) {
          throw new Refusal('BAD_INPUT', {
            en: `after is a position of this log: 0 to ${head}`,
            zh: `after 必须是本日志中的位置：0 到 ${head}`,
          })
        }
        const { viewer } = context.reading
        return context.deps.live.changes({
          viewer,
          after: after ?? null,
          area: area ?? null,
          recheck: recheck(context),
        })
      },
      resolve: (batch: readonly Change[]) => batch,
    },
    positions: {
      subscribe: (_: unknown, { area }: { area?: string | null }, context: Context): AsyncIterable<PositionBatch> => {
        const { viewer } = context.reading
        if (!mayReadPositions(viewer)) {
          throw new Refusal('FORBIDDEN', { en: 'You may not see where people are', zh: '您无权查看人员位置' })
        }
        return context.deps.live.positions({ viewer, area: area ?? null, recheck: recheck(context) })
      },
      resolve: (batch: PositionBatch) => batch,
    },
  },
  Change: { __resolveType: (change: Change) => change.kind },
  IncidentChanged: {
    incident: ({ record }: Of<'IncidentChanged'>, _: Args, { reading }: Context) =>
      incidentSource(reading, record, PRESENT),
  },
  WorkerChanged: {
    worker: ({ worker }: Of<'WorkerChanged'>, _: Args, { reading }: Context) => ({
      row: worker,
      when: reading.workers(PRESENT),
    }),
  },
}

/** A token that is revoked or over ends its streams. */
function recheck({ deps, authorization }: Context): () => Promise<void> {
  return async () => {
    if ((await deps.viewerOf(authorization)) === null) throw UNAUTHENTICATED
  }
}
