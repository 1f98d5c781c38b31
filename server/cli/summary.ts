import { GROUPS, type GroupBy } from '#domain/incident/groupKeys.ts'
import { PRESENT } from '../incidents/asOf.ts'
import { slaSummary } from '../incidents/slaSummary.ts'
import { type Command, instant, text, UsageError } from './command.ts'
import { refuseUnknownAreas } from './knownAreas.ts'
import { openExisting } from './openExisting.ts'

export const summary: Command = {
  summary: 'attainment and times of every clock over a period (slaSummary)',
  usage: `gridwatch summary --from T --to T [--area C] [--by ${GROUPS.join('|')}] [--json]\n\nTimes with their offset; [from, to) of the first fact.\nn: incidents; met, breached, open, n/a: what became of the clock. p50 and p90 are of all that is met or breached, where one that never ended is the longest (-: it falls on such a one); the columns named ended are only of what ended.`,
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    area: { type: 'string' },
    by: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(values, _, io) {
    const from = instant(values, 'from')
    const to = instant(values, 'to')
    if (from >= to) throw new UsageError('--to must lie after --from: nothing is from then until then')
    const by = text(values, 'by')
    const groupBy = by === null ? null : GROUPS.find(group => group === by.toUpperCase())
    if (groupBy === undefined) throw new UsageError(`--by is "${by}", expected one of ${GROUPS.join(', ')}`)
    const app = await openExisting(io)
    try {
      const now = app.time.now()
      const reference = await app.reference()
      const area = text(values, 'area')
      if (area !== null) refuseUnknownAreas([area], reference, app, now)
      const snapshot = await app.store.snapshot()
      const request = { filter: { from, to, area }, groupBy, asOf: PRESENT, now }
      const rows = await slaSummary(snapshot, reference, null, request).finally(() => snapshot.close())
      if (values.json) io.out(JSON.stringify(rows))
      else io.out(table(rows, groupBy))
      return 0
    } finally {
      await app.store.close()
    }
  },
}

type Row = Awaited<ReturnType<typeof slaSummary>>[number]

/** What has no key of its kind. */
const NO_KEY: { readonly [group in GroupBy]: string } = {
  AREA: '(no area)',
  LEVEL: '(no area)',
  CATEGORY: '(no category)',
  SOURCE: '(no source)',
  TIER: '(no tier)',
  WORKER: '(no worker)',
  HOUR: '(no hour)',
  DAY: '(no day)',
}

/** Seconds for people; the exact milliseconds are in --json. */
function table(rows: readonly Row[], groupBy: GroupBy | null): string {
  const head = [
    'key',
    'clock',
    'n',
    'met',
    'breached',
    'open',
    'n/a',
    'attainment',
    'p50 s',
    'p90 s',
    'ended n',
    'ended mean s',
    'ended p50 s',
    'ended p90 s',
  ]
  const cells = rows.map(row => [
    row.key ?? (groupBy === null ? 'all' : NO_KEY[groupBy]),
    row.clock,
    String(row.cohort),
    String(row.met),
    String(row.breached),
    String(row.running + row.paused + row.pending),
    String(row.notApplicable),
    row.attainment === null ? '-' : `${(100 * row.attainment).toFixed(1)} %`,
    seconds(row.p50Ms),
    seconds(row.p90Ms),
    String(row.ended.n),
    seconds(row.ended.meanMs),
    seconds(row.ended.p50Ms),
    seconds(row.ended.p90Ms),
  ])
  const widths = head.map((name, column) => Math.max(name.length, ...cells.map(line => (line[column] ?? '').length)))
  return [head, ...cells]
    .map(line =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function seconds(ms: number | null): string {
  return ms === null ? '-' : String(Number((ms / 1000).toFixed(3)))
}
