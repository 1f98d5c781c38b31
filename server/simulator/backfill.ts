/** Yesterday and the day so far as history, so that a demo starts with a street in full swing. */
import { localDay, nextLocalDay, startOfLocalDay } from '#domain/time/localTime.ts'
import type { DayPlan } from './dayPlan.ts'
import { isSilent, phone } from './fixes.ts'
import { type Plans, plans } from './plans.ts'
import type { BackfillPort, PlannedFact, WorkerFixes } from './port.ts'
import { seededUuid } from './random.ts'
import type { World } from './world.ts'

const MINUTE = 60_000
const FACTS_AT_ONCE = 2_000
const FIXES_AT_ONCE = 10_000

export type BackfillOptions = {
  readonly from: number
  readonly to: number
  readonly onProgress?: (done: number, total: number) => void
  /** Tracks are whole for this long before `to`… */
  readonly denseMs?: number
  readonly denseEveryMs?: number
  /** …and sparse before that. */
  readonly sparseEveryMs?: number
}

/** Facts with from ≤ at ≤ to in order of `at`, then positions. On an empty store `from` is the start of a local day. */
export async function backfill(
  world: World,
  seed: string,
  port: BackfillPort,
  options: BackfillOptions,
): Promise<{ readonly facts: number; readonly fixes: number }> {
  const own = plans(world, seed)
  const facts = historyOf(own, options.from, options.to)
  for (let i = 0; i < facts.length; i += FACTS_AT_ONCE) {
    options.onProgress?.(i, facts.length)
    await port.appendHistory(facts.slice(i, i + FACTS_AT_ONCE))
  }
  options.onProgress?.(facts.length, facts.length)
  let fixes = 0
  for (const batch of positionsOf(own, options)) {
    await port.recordPositions(batch)
    fixes += batch.reduce((sum, one) => sum + one.fixes.length, 0)
  }
  return { facts: facts.length, fixes }
}

export function historyOf(plans: Plans, from: number, to: number): PlannedFact[] {
  const { timezone } = plans.world
  const isFresh = startOfLocalDay(from, timezone) === from
  // A store that was stopped in the middle of a story hears the rest of it; told twice is told once, by the command's id.
  const since = isFresh ? from : from - MINUTE
  const before = isFresh ? [] : [plans.of(localDay(startOfLocalDay(from, timezone) - 1, timezone))]
  const told = [...before, ...days(plans, from, to)]
  const facts = told.flatMap(plan => plan.facts.filter(fact => fact.at >= since && fact.at <= to))
  if (isFresh) {
    for (const { person, from: began, starts } of plans.of(localDay(from, timezone)).duties) {
      const commandId = seededUuid(plans.seed, from, person.id, 'already on duty')
      if (began === from && !starts) facts.push({ kind: 'startDuty', at: from, worker: person.id, commandId })
    }
  }
  return facts.sort((a, b) => a.at - b.at)
}

function* positionsOf(plans: Plans, options: BackfillOptions): Generator<WorkerFixes[]> {
  const { from, to, denseMs = 30 * MINUTE, denseEveryMs = 10_000, sparseEveryMs = 3 * MINUTE } = options
  const denseFrom = Math.max(from, to - denseMs)
  let batch: WorkerFixes[] = []
  let size = 0
  for (const plan of days(plans, from, to)) {
    for (const duty of plan.duties) {
      const own = phone(plans.world, plans.seed, duty)
      const fixes = [...own.fixes(from, denseFrom, sparseEveryMs), ...own.fixes(denseFrom, to, denseEveryMs)]
      // Who is silent now has not told yet; the live street does when the silence ends.
      const told = isSilent(own.silences, to) ? fixes.filter(fix => !isSilent(own.silences, fix.at)) : fixes
      if (told.length === 0) continue
      batch.push({ worker: own.worker, fixes: told })
      size += told.length
      if (size < FIXES_AT_ONCE) continue
      yield batch
      batch = []
      size = 0
    }
  }
  if (batch.length > 0) yield batch
}

function days(plans: Plans, from: number, to: number): DayPlan[] {
  const out: DayPlan[] = []
  const { timezone } = plans.world
  for (let at = from; at <= to; at = nextLocalDay(at, timezone)) out.push(plans.of(localDay(at, timezone)))
  return out
}
