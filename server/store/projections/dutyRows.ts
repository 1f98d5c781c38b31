/** Who was on duty when: a pure function of the facts of a worker's own stream. */
export type DutyFact = { readonly type: string; readonly at: number; readonly position: number }
export type WorkerStateRow = {
  readonly id: string
  readonly onDuty: boolean
  readonly since: number
  readonly position: number
}
export type DutySpanRow = { readonly worker: string; readonly fromAt: number; readonly toAt: number | null }

/** Facts in position order; ordered here by when they happened. A start while on duty, or an end while off, is a no-op. */
export function dutyRows(
  worker: string,
  facts: readonly DutyFact[],
): { state: WorkerStateRow | null; spans: DutySpanRow[] } {
  const spans: { worker: string; fromAt: number; toAt: number | null }[] = []
  const duty = facts.filter(({ type }) => type === 'dutyStarted' || type === 'dutyEnded')
  let since: number | null = null
  for (const { type, at } of duty.toSorted((a, b) => a.at - b.at)) {
    const last = spans.at(-1)
    const isOn = last?.toAt === null
    since ??= at
    if (type === 'dutyStarted' && !isOn) {
      // A start at the instant of the last end goes on with that span: (worker, from) stays unique.
      if (last?.toAt === at) last.toAt = null
      else spans.push({ worker, fromAt: at, toAt: null })
      since = spans.at(-1)?.fromAt ?? at
    }
    if (type === 'dutyEnded' && last && isOn) {
      last.toAt = at
      since = at
    }
  }
  const position = duty.at(-1)?.position
  const state =
    since === null || position === undefined
      ? null
      : { id: worker, onDuty: spans.at(-1)?.toAt === null, since, position }
  return { state, spans }
}
