/** One report: the figures of its period and of the one before, from one document and so on one snapshot. */
import { computed, shallowRef, watch } from 'vue'
import { useRoute } from 'vue-router'
import { hearServerTime, machineTime } from '../stores/time.ts'
import { type Extent, type FigureId, type FigureRow, figureOf } from './figures.ts'
import { ReportFiguresDocument, type ReportFiguresQuery } from './generated.ts'
import { type Group, groupText } from './group.ts'
import { livedDays, localText, reportBefore, stepOf } from './periods.ts'
import { type Basis, basisOf } from './useBasis.ts'
import { useSession } from './useSession.ts'
import { instantText, reportSpan, reportViewOf } from './view.ts'

export type Report = ReturnType<typeof useReport>
const CLOCK_OFF_MS = 60_000

export function useReport() {
  const session = useSession()
  const { zone } = session
  const route = useRoute()
  const asked = shallowRef(machineTime())
  const answer = shallowRef<ReportFiguresQuery | null>(null)
  const basis = shallowRef<Basis | null>(null)

  const view = computed(() => reportViewOf(route.query))
  const area = computed(() => view.value.area ?? session.home.value ?? session.frame.value?.me.areas[0] ?? null)
  const now = computed(() => view.value.at ?? asked.value)
  const span = computed(() => reportSpan(view.value, now.value, zone.value))
  const before = computed(() => reportBefore(view.value.kind, span.value, now.value, zone.value))

  let turn = 0
  async function load(): Promise<void> {
    const api = session.api.value
    const code = area.value
    if (api === null || session.frame.value === null || code === null) return
    const own = ++turn
    const { at, known } = view.value
    try {
      const found = await api.ask(ReportFiguresDocument, {
        area: code,
        from: instantText(span.value.from) ?? '',
        to: instantText(span.value.to) ?? '',
        step: stepOf(span.value),
        fromB: instantText(before.value.from) ?? '',
        toB: instantText(before.value.to) ?? '',
        asOf:
          at === null && known === null ? null : { at: instantText(at) ?? null, knownAt: instantText(known) ?? null },
        validAt: instantText(Math.max(span.value.from, Math.min(span.value.to - 1, now.value))),
      })
      if (own !== turn) return
      answer.value = found
      basis.value = basisOf(found.now)
      hearServerTime(basis.value.generatedAt, session.frame.value.settings.simulate ?? 1)
      if (Math.abs(basis.value.generatedAt - asked.value) > CLOCK_OFF_MS) asked.value = basis.value.generatedAt
    } catch (error) {
      if (own === turn) session.fail(error)
    }
  }
  const subject = () =>
    JSON.stringify([
      session.frame.value !== null,
      area.value,
      span.value,
      before.value,
      view.value.at,
      view.value.known,
    ])
  watch(subject, () => void load(), { immediate: true })

  const rowsBy = (by: 'AREA' | 'CATEGORY' | 'HOUR', when: 'now' | 'before' = 'now'): readonly FigureRow[] =>
    answer.value?.[when].groups.find(group => group.by === by)?.rows ?? []
  const householdsOf = (row: FigureRow) =>
    row.area?.households ?? (row.key === null ? (answer.value?.area?.households ?? null) : null)
  function figure(id: FigureId, row: FigureRow, when: 'now' | 'before' = 'now') {
    const period = when === 'now' ? span.value : before.value
    const extent: Extent = { days: livedDays(period, basis.value?.at ?? now.value), households: householdsOf(row) }
    return figureOf(id, row, extent)
  }
  /** Where a figure of a row (none: of the whole area) opens: among its siblings, as it was known when this page was made. */
  function originOf(id: FigureId, group: Group | null = null, incident?: string) {
    const made = basis.value?.generatedAt ?? null
    const { lang, theme } = route.query
    const period = [span.value.from, span.value.to].map(at => localText(at, zone.value)).join('~')
    const then = { at: instantText(view.value.at ?? made), known: instantText(view.value.known ?? made) }
    const open = ['a', id, ...(group === null ? [] : [groupText(group)])].join(':')
    return {
      path: '/studio/areas',
      query: { lang, theme, area: area.value, a: period, b: 'none', ...then, open, incident },
    }
  }
  return { session, zone, view, area, now, span, before, answer, basis, rowsBy, figure, originOf }
}
