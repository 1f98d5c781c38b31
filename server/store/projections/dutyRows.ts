import { type DutyFact, dutySpansOf } from '#domain/worker/duty.ts'

/** Who was on duty when: a pure function of the facts of a worker's own stream. */
export type WorkerStateRow = {
  readonly id: string
  readonly onDuty: boolean
  readonly since: number
  readonly position: number
}
export type DutySpanRow = { readonly worker: string; readonly fromAt: number; readonly toAt: number | null }

/** Facts in position order. `since`: when the worker went on or off duty last. */
export function dutyRows(
  worker: string,
  facts: readonly (DutyFact & { readonly position: number })[],
): { state: WorkerStateRow | null; spans: DutySpanRow[] } {
  const duty = facts.filter(({ type }) => type === 'dutyStarted' || type === 'dutyEnded')
  const position = duty.at(-1)?.position
  if (position === undefined) return { state: null, spans: [] }
  const spans = dutySpansOf(duty)
  const last = spans.at(-1)
  const since = last ? (last.to ?? last.from) : Math.min(...duty.map(({ at }) => at))
  return {
    state: { id: worker, onDuty: last?.to === null, since, position },
    spans: spans.map(({ from, to }) => ({ worker, fromAt: from, toAt: to })),
  }
}
