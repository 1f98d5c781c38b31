import { acceptFix, type Fix, type FixRefusal } from './acceptFix.ts'
import { type DutySpan, isOnDuty } from './duty.ts'

/**
 * The verdict on each fix of one worker's batch, in the batch's order; `kept` are the fixes that the store has from the
 * one before the batch to the one after it, in order of time, `now` epoch ms. Judged in order of time whatever the order
 * in which they came, each between the nearest kept ones, of the store or of the batch. A fix at an instant that has one
 * already is only looked at for itself: the store calls it a duplicate or a conflict, and it is nobody's neighbour.
 */
export function judgeFixes(
  kept: readonly Fix[],
  batch: readonly Fix[],
  spans: readonly DutySpan[],
  now: number,
): ('accepted' | FixRefusal)[] {
  const verdicts = batch.map((): 'accepted' | FixRefusal => 'badInput')
  const inOrder = [...batch.entries()].filter(([, fix]) => Number.isSafeInteger(fix.at))
  inOrder.sort(([, a], [, b]) => a.at - b.at)
  let before: Fix | null = null
  let next = 0
  for (const [index, fix] of inOrder) {
    for (let passed = kept[next]; passed !== undefined && passed.at < fix.at; passed = kept[++next])
      if (before === null || passed.at > before.at) before = passed
    const after: Fix | null = kept[next] ?? null
    const isTwin: boolean = before?.at === fix.at || after?.at === fix.at
    const neighbours = isTwin ? { before: null, after: null } : { before, after }
    const verdict = acceptFix(neighbours, fix, now, isOnDuty(spans, fix.at))
    verdicts[index] = verdict
    if (verdict === 'accepted' && !isTwin) before = fix
  }
  return verdicts
}
