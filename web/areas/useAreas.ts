/** What the parts of the comparison share: the view of the address, the periods, and the figures of both on one snapshot. */
import { computed, type InjectionKey, inject, provide, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { hearServerTime, machineTime, serverTime } from '../stores/time.ts'
import { type Extent, type Figure, type FigureId, type FigureRow, figureOf } from './figures.ts'
import { AreaFiguresDocument, type AreaFiguresQuery } from './generated.ts'
import { type Group, groupOf } from './group.ts'
import { livedDays, type Period, stepOf } from './periods.ts'
import { type Basis, basisOf, useBasis } from './useBasis.ts'
import { useSession } from './useSession.ts'
import { type AreasView, areasViewOf, instantText, periodOf, queryOf } from './view.ts'

export type Areas = ReturnType<typeof createAreas>
export type Side = 'a' | 'b'
const KEY: InjectionKey<Areas> = Symbol('areas')
/** A server whose clock is further off than this is asked again with its own "today". */
const CLOCK_OFF_MS = 60_000

export function provideAreas(): Areas {
  const areas = createAreas()
  provide(KEY, areas)
  return areas
}

export function useAreas(): Areas {
  const areas = inject(KEY)
  if (!areas) throw new Error('a part stands outside the page of areas')
  return areas
}

function createAreas() {
  const session = useSession()
  const { zone } = session
  const route = useRoute()
  const router = useRouter()
  const asked = shallowRef(machineTime())
  const answer = shallowRef<AreaFiguresQuery | null>(null)
  const basis = shallowRef<Basis | null>(null)
  const isAsking = shallowRef(false)

  const view = computed(() => areasViewOf(route.query, zone.value))
  const area = computed(() => view.value.area ?? session.home.value)
  const now = computed(() => view.value.at ?? asked.value)
  const a = computed(() => periodOf(view.value.a, now.value, zone.value, { from: 0, to: 1 }))
  const b = computed(() => (view.value.b === null ? null : periodOf(view.value.b, now.value, zone.value, a.value)))
  const clock = computed(() => {
    const { clocks } = session
    const { clock: wanted } = view.value
    return wanted !== null && clocks.value.includes(wanted) ? wanted : (clocks.value.at(-1) ?? '')
  })
  const asOf = computed(() => {
    const { at, known } = view.value
    return at === null && known === null ? null : { at: instantText(at) ?? null, knownAt: instantText(known) ?? null }
  })

  /** The address is the only state: a change is another address, and Back leads to the one before. */
  function change(patch: Partial<AreasView>, how: 'push' | 'replace' = 'replace'): void {
    void router[how]({ query: queryWith(patch) })
  }
  function queryWith(patch: Partial<AreasView>) {
    const { lang, theme } = route.query
    return { lang, theme, ...queryOf({ ...view.value, ...patch }, zone.value) }
  }

  /** The areas below, and what the opened figure's row is grouped by. */
  const groups = computed(() => {
    const key = view.value.open?.key ?? null
    return [...new Set(['AREA' as const, ...(key === null ? [] : [groupOf(key).by])])]
  })

  let turn = 0
  async function load(): Promise<void> {
    const api = session.api.value
    if (api === null || session.frame.value === null) return
    const own = ++turn
    const span = (period: Period) => [instantText(period.from) ?? '', instantText(period.to) ?? ''] as const
    const [from, to] = span(a.value)
    const [fromB, toB] = span(b.value ?? a.value)
    isAsking.value = true
    try {
      const found = await api.ask(AreaFiguresDocument, {
        area: area.value,
        area0: area.value ?? '',
        validAt: instantText(Math.max(a.value.from, Math.min(a.value.to - 1, now.value))),
        from,
        to,
        step: stepOf(a.value),
        withB: b.value !== null,
        fromB,
        toB,
        stepB: stepOf(a.value),
        groupBy: groups.value,
        asOf: asOf.value,
      })
      if (own !== turn) return
      answer.value = found
      basis.value = basisOf(found.a)
      session.problem.value = null
      hearServerTime(basis.value.generatedAt, session.frame.value.settings.simulate ?? 1)
      if (Math.abs(basis.value.generatedAt - asked.value) > CLOCK_OFF_MS) asked.value = basis.value.generatedAt
    } catch (error) {
      if (own === turn) session.fail(error)
    } finally {
      if (own === turn) isAsking.value = false
    }
  }
  function refresh(): void {
    const before = asked.value
    asked.value = serverTime() ?? machineTime()
    if (asked.value === before) void load()
  }
  const subject = () =>
    JSON.stringify([session.frame.value !== null, area.value, a.value, b.value, groups.value, asOf.value, asked.value])
  watch(subject, () => void load(), { immediate: true })

  const cohort = (side: Side) => (side === 'a' ? answer.value?.a : answer.value?.b) ?? null
  const rows = (side: Side, by: Group['by'] = 'AREA'): readonly FigureRow[] =>
    cohort(side)?.groups.find(group => group.by === by)?.rows ?? []
  const rowOf = (side: Side, key: string | null): FigureRow | null =>
    (key === null ? cohort(side)?.whole : rowIn(side, groupOf(key))) ?? null
  const rowIn = (side: Side, { by, key }: Group) => rows(side, by).find(row => row.key === key)

  function extentOf(side: Side, key: string | null): Extent {
    const period = (side === 'a' ? a.value : b.value) ?? a.value
    const own = answer.value?.area ?? null
    const isOwn = key === null || key === area.value || groupOf(key).by !== 'AREA'
    const found = isOwn ? own : (rowOf(side, key)?.area ?? rowOf('a', key)?.area ?? null)
    return { days: livedDays(period, basis.value?.at ?? now.value), households: found?.households ?? null }
  }
  function figure(side: Side, key: string | null, id: FigureId): Figure | null {
    const row = rowOf(side, key)
    return row === null ? null : figureOf(id, row, extentOf(side, key))
  }
  /** The same figure of B. What stands open now says nothing of a period that is long over. */
  function comparable(key: string | null, id: FigureId): Figure | null {
    return b.value === null || id === 'open' ? null : figure('b', key, id)
  }
  return {
    session,
    zone,
    view,
    area,
    now,
    a,
    b,
    clock,
    asOf,
    answer,
    basis,
    isAsking,
    age: useBasis(session.api, basis),
    change,
    queryWith,
    refresh,
    cohort,
    rows,
    rowOf,
    extentOf,
    figure,
    comparable,
  }
}
