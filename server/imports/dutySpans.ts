/** When somebody counts as on duty, as spans in epoch ms; both ends belong to a span. */
export type Span = { readonly from: number; readonly to: number }

/** Spans in order of time; fixes may come in any order. Silence longer than `gapMs` parts two spans. */
export function addToSpans(spans: readonly Span[], at: number, gapMs: number): readonly Span[] {
  const last = spans.at(-1)
  // Files are in order of time as a rule, so this is the way almost every fix goes.
  if (last && at >= last.from && at <= last.to + gapMs)
    return at <= last.to ? spans : [...spans.slice(0, -1), { from: last.from, to: at }]
  const near = spans.filter(span => at >= span.from - gapMs && at <= span.to + gapMs)
  const joined = near.reduce((a, b) => ({ from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) }), {
    from: at,
    to: at,
  })
  return [...spans.filter(span => !near.includes(span)), joined].toSorted((a, b) => a.from - b.from)
}

/** The same time as spans that neither overlap nor touch, in order. */
export function joinedSpans(spans: readonly Span[]): Span[] {
  const joined: Span[] = []
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last && span.from <= last.to + 1)
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    else joined.push(span)
  }
  return joined
}

export function isInside(spans: readonly Span[], at: number): boolean {
  return spans.some(span => at >= span.from && at <= span.to)
}

/**
 * The parts of `wanted` that `known` does not cover. A part ends one millisecond before the known span that follows it:
 * an end at the very instant of a known start would end that one instead.
 */
export function missingSpans(wanted: readonly Span[], known: readonly Span[]): Span[] {
  return known.reduce<Span[]>(
    (parts, { from, to }) =>
      parts.flatMap(part => {
        if (to < part.from || from > part.to) return [part]
        const before = { from: part.from, to: from - 1 }
        const after = { from: to + 1, to: part.to }
        return [before, after].filter(rest => rest.from <= rest.to)
      }),
    [...wanted],
  )
}
