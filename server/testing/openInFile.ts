/**
 * How many incidents stand open at an instant, read straight from the text of a file of San Francisco fire calls: a reading
 * of its own, which shares nothing with the import, the store or the fold.
 */
export function openInFile(text: string): (at: number) => number {
  const [header = [], ...rows] = text.trim().split('\n').map(cellsOf)
  const column = (name: string) => header.indexOf(name)
  const spans = new Map<string, { from: number; to: number | null }>()
  for (const row of rows) {
    const times = ['Received DtTm', 'Dispatch DtTm', 'On Scene DtTm', 'Available DtTm'].map(name =>
      instant(row[column(name)]),
    )
    const known = times.filter(at => at !== null)
    // The import refuses a row whose times go back.
    if (known.some((at, i) => at < (known[i - 1] ?? at))) continue
    const [received, , , available] = times
    if (received == null) continue
    const number = row[column('Incident Number')] ?? ''
    const span = spans.get(number) ?? { from: received, to: null }
    spans.set(number, {
      from: Math.min(span.from, received),
      to: available == null ? span.to : Math.max(span.to ?? available, available),
    })
  }
  return at => [...spans.values()].filter(({ from, to }) => from <= at && (to === null || at < to)).length
}

/** April in San Francisco is seven hours behind UTC. */
function instant(written: string | undefined): number | null {
  const parts = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d):(\d\d):(\d\d) ([AP])M$/.exec(written ?? '')
  if (parts === null) return null
  const [, month, day, year, hour, minute, second, half] = parts
  const hours = (Number(hour) % 12) + (half === 'P' ? 12 : 0)
  return Date.UTC(Number(year), Number(month) - 1, Number(day), hours + 7, Number(minute), Number(second))
}

function cellsOf(line: string): string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  )
}
