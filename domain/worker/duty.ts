/** When a worker is on duty: from `from` until before `to`, epoch ms; `to` null: still. */
export type DutySpan = { readonly from: number; readonly to: number | null }
/** A fact of a worker's own stream; other types than `dutyStarted` and `dutyEnded` mean nothing here. */
export type DutyFact = { readonly type: string; readonly at: number }

/**
 * The spans that facts make, in order of time; facts in the order in which they were recorded. A start while on duty, or
 * an end while off, is a no-op; a start at the very instant of the last end goes on with that span.
 */
export const dutySpansOf = (facts: readonly DutyFact[]): DutySpan[] => {
  const spans: DutySpan[] = []
  for (const { type, at } of facts.toSorted((a, b) => a.at - b.at)) {
    const last = spans.at(-1)
    const isOn = last?.to === null
    if (type === 'dutyStarted' && !isOn) {
      if (last?.to === at) spans[spans.length - 1] = { from: last.from, to: null }
      else spans.push({ from: at, to: null })
    }
    if (type === 'dutyEnded' && last && isOn) spans[spans.length - 1] = { from: last.from, to: at }
  }
  return spans
}

export const isOnDuty = (spans: readonly DutySpan[], at: number): boolean =>
  spans.some(({ from, to }) => from <= at && (to === null || at < to))

/** The same time as spans that neither overlap nor touch, in order. */
export const joinSpans = (spans: readonly DutySpan[]): DutySpan[] => {
  const joined: DutySpan[] = []
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last && span.from <= endOf(last)) joined[joined.length - 1] = { from: last.from, to: later(last, span) }
    else joined.push(span)
  }
  return joined
}

/** Spans, in order, with the millisecond of a fix; fixes may come in any order. Silence longer than `gapMs` parts two spans. */
export const withFix = (spans: readonly DutySpan[], at: number, gapMs: number): readonly DutySpan[] => {
  const own = { from: at, to: at + 1 }
  const last = spans.at(-1)
  // Files are in order of time as a rule, so these are the ways that almost every fix goes.
  if (last && at >= last.from && at < endOf(last)) return spans
  if (last && at >= endOf(last) + gapMs) return [...spans, own]
  const isNear = (span: DutySpan) => at >= span.from - gapMs && at < endOf(span) + gapMs
  const near = spans.filter(isNear)
  const joined = near.reduce((a, b) => ({ from: Math.min(a.from, b.from), to: later(a, b) }), own as DutySpan)
  return [...spans.filter(span => !isNear(span)), joined].toSorted((a, b) => a.from - b.from)
}

/** The parts of `wanted` that `known` does not cover. */
export const missingSpans = (wanted: readonly DutySpan[], known: readonly DutySpan[]): DutySpan[] =>
  known.reduce<DutySpan[]>(
    (parts, span) =>
      parts.flatMap(part => {
        if (endOf(span) <= part.from || span.from >= endOf(part)) return [part]
        const before = { from: part.from, to: span.from }
        const after = span.to === null ? [] : [{ from: span.to, to: part.to }]
        return [before, ...after].filter(rest => rest.from < endOf(rest))
      }),
    [...wanted],
  )

/**
 * The facts that add a missing part to what is known. Where a known span begins at its end nothing is ended: an end at
 * the very instant of a known start would end that one instead.
 */
export const dutyFactsOf = (part: DutySpan, known: readonly DutySpan[]): DutyFact[] => [
  { type: 'dutyStarted', at: part.from },
  ...(part.to === null || known.some(span => span.from === part.to) ? [] : [{ type: 'dutyEnded', at: part.to }]),
]

const endOf = (span: DutySpan) => span.to ?? Number.POSITIVE_INFINITY
const later = (a: DutySpan, b: DutySpan) => (a.to === null || b.to === null ? null : Math.max(a.to, b.to))
