import { distanceM } from '#domain/geo/distance.ts'
import { isOnDuty } from '#domain/worker/duty.ts'
import { mayReadTracks } from '../../access/may.ts'
import { failure } from '../../commands/failure.ts'
import { worded } from '../../commands/wording.ts'
import { PRESENT } from '../../incidents/asOf.ts'
import { seesWorker } from '../../incidents/sight.ts'
import type { PositionFix } from '../../store/eventStore.ts'
import type { Context } from '../context.ts'
import { recordLook } from '../looks.ts'
import { Refusal, refusalOf } from '../refusal.ts'
import type { WorkerSource } from '../workersThen.ts'

const LONGEST_MS = 31 * 86_400_000
const MOST_FIXES = 200_000

type TrackArgs = { readonly worker: string; readonly from: number; readonly to: number; readonly reason: string }
type TrackSource = { readonly worker: WorkerSource; readonly fixes: readonly PositionFix[]; readonly lengthM: number }

export const trackResolvers = {
  Query: {
    /** Where somebody went is shown to few, for a reason that they have to give, and the worker sees who looked. */
    track: async (_: unknown, args: TrackArgs, { deps, reading }: Context): Promise<TrackSource> => {
      const { viewer, reference, now } = reading
      const row = reference.workers.get(args.worker)
      const isOwn = viewer.worker === args.worker
      if (!isOwn && !mayReadTracks(viewer)) throw FORBIDDEN
      if (row === undefined || !seesWorker(viewer, reference, row, now)) throw NOT_FOUND
      const reason = worded('reason', args.reason)
      if (typeof reason === 'string') throw refusalOf(failure('BAD_INPUT', reason))
      if (reason.text === '') throw NO_REASON
      if (args.to < args.from || args.to - args.from > LONGEST_MS) throw TOO_LONG
      // Recorded before anything is shown: nobody looks unseen.
      if (!isOwn) await recordLook(deps.app, viewer, { ...args, reason: reason.text })
      const snapshot = await reading.snapshot()
      const window = { from: args.from, to: args.to }
      const [fixes, spans] = await Promise.all([
        snapshot.positions({ workers: [row.id], ...window, limit: MOST_FIXES }),
        snapshot.dutySpans({ worker: row.id, from: args.from, to: args.to + 1 }),
      ])
      const onDuty = fixes.filter(({ at }) => isOnDuty(spans, at))
      const lengthM = onDuty.reduce((sum, fix, i) => {
        const before = onDuty[i - 1]
        return before === undefined ? sum : sum + distanceM(before, fix)
      }, 0)
      return { worker: { row, when: reading.workers(PRESENT) }, fixes: onDuty, lengthM }
    },
    looks: async (_: unknown, { worker }: { worker: string }, { deps, reading }: Context) => {
      const { viewer, reference, now } = reading
      const row = reference.workers.get(worker)
      if (viewer.worker !== worker) {
        if (viewer.role !== 'auditor') throw FORBIDDEN
        if (row === undefined || !seesWorker(viewer, reference, row, now)) throw NOT_FOUND
      }
      const looks = await deps.app.store.reference.looks(worker)
      return looks.map(({ actor, fromAt, toAt, ...look }) => ({ ...look, by: actor, from: fromAt, to: toAt }))
    },
  },
}

const FORBIDDEN = new Refusal('FORBIDDEN', {
  en: 'Tracks are shown to leaders, dispatchers and auditors, and to the worker',
  zh: '轨迹仅供领导、受理员、审计员和本人查看',
})
const NOT_FOUND = new Refusal('NOT_FOUND', { en: 'There is no such worker in your areas', zh: '您的辖区内没有此人' })
const NO_REASON = new Refusal('BAD_INPUT', { en: 'Say why you look at this track', zh: '请填写查看轨迹的理由' })
const TOO_LONG = new Refusal('BAD_INPUT', { en: 'Ask for at most 31 days', zh: '一次最多查看 31 天' })
