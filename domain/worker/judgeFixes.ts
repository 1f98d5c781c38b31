import { acceptFix, type Fix, type FixRefusal } from './acceptFix.ts'
import { type DutySpan, isOnDuty } from './duty.ts'

/** `duplicate`: the instant has this fix already; `conflictingFix`: it has one of another place, which stays. */
export type FixVerdict = 'accepted' | 'duplicate' | 'conflictingFix' | FixRefusal
/** `recordedAt`: when it came in, epoch ms. */
export type IncomingFix = Fix & { readonly recordedAt: number }

/** Two fixes of one instant are one when they lie this close (degrees, about 1 cm). */
const SAME_PLACE_DEG = 1e-7

/**
 * The verdict on each fix of one worker's batch, in the batch's order; `kept` are the fixes that the store has from the
 * one before the batch to the one after it, in order of time. Judged in order of time whatever the order in which they
 * came, each between the nearest kept ones, of the store or of the batch. Of an instant the first to come stays; another
 * at that instant is nobody's neighbour.
 */
export function judgeFixes(
  kept: readonly Fix[],
  batch: readonly IncomingFix[],
  spans: readonly DutySpan[],
): FixVerdict[] {
  const verdicts = batch.map((): FixVerdict => 'badInput')
  const inOrder = [...batch.entries()].filter(([, fix]) => Number.isSafeInteger(fix.at))
  inOrder.sort(([, a], [, b]) => a.at - b.at)
  let before: Fix | null = null
  let next = 0
  for (const [index, fix] of inOrder) {
    for (let passed = kept[next]; passed !== undefined && passed.at < fix.at; passed = kept[++next])
      if (before === null || passed.at > before.at) before = passed
    const after: Fix | null = kept[next] ?? null
    const twin: Fix | undefined = [before, after].find(other => other?.at === fix.at) ?? undefined
    const neighbours = twin ? { before: null, after: null } : { before, after }
    const verdict = acceptFix(neighbours, fix, fix.recordedAt, isOnDuty(spans, fix.at))
    verdicts[index] =
      verdict === 'accepted' && twin ? (isSamePlace(twin, fix) ? 'duplicate' : 'conflictingFix') : verdict
    if (verdicts[index] === 'accepted') before = fix
  }
  return verdicts
}

/** The verdicts on fixes of several workers, in their order, from those on each worker's own. */
export function judgeEach<T extends { readonly worker: string }>(
  fixes: readonly T[],
  judge: (worker: string, own: readonly T[]) => readonly FixVerdict[],
): FixVerdict[] {
  const verdicts = fixes.map((): FixVerdict => 'badInput')
  for (const [worker, entries] of Map.groupBy(fixes.entries(), ([, fix]) => fix.worker)) {
    const own = judge(
      worker,
      entries.map(([, fix]) => fix),
    )
    for (const [i, [index]] of entries.entries()) verdicts[index] = own[i] ?? 'badInput'
  }
  return verdicts
}

function isSamePlace(a: Fix, b: Fix): boolean {
  return Math.abs(a.lng - b.lng) <= SAME_PLACE_DEG && Math.abs(a.lat - b.lat) <= SAME_PLACE_DEG
}
