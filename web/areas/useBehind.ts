/** The incidents behind the figure that is opened, read at the very log position that the figure stands on. */
import { computed, shallowRef, watch } from 'vue'
import type { Figure } from './figures.ts'
import { FigureIncidentsDocument, type FigureIncidentsQuery, type IncidentFilter } from './generated.ts'
import { groupOf } from './group.ts'
import type { Areas } from './useAreas.ts'
import { instantText } from './view.ts'

export type BehindNode = FigureIncidentsQuery['incidents']['nodes'][number]
const PAGE = 20

export function useBehind(areas: Areas, figure: () => Figure | null, isCounted: () => boolean) {
  const { session, view, area, a, b, basis } = areas
  const nodes = shallowRef<readonly BehindNode[]>([])
  const total = shallowRef<number | null>(null)
  const cursor = shallowRef<string | null>(null)
  const hasFailed = shallowRef(false)

  /** As the figure was made: the same instant for the clocks, and only what was known when it was made. */
  const asOf = computed(() => {
    if (basis.value === null) return null
    const made = basis.value.generatedAt
    return { at: instantText(view.value.at ?? made) ?? null, knownAt: instantText(view.value.known ?? made) ?? null }
  })
  const filter = computed<IncidentFilter | null>(() => {
    const open = view.value.open
    const found = figure()
    const period = open?.period === 'b' ? b.value : a.value
    if (open === null || found === null || period === null) return null
    return {
      ...(isCounted() ? found.counted : found.whole),
      area: area.value,
      from: instantText(period.from),
      to: instantText(period.to),
      ...(open.key === null ? {} : { group: groupOf(open.key) }),
    }
  })

  let turn = 0
  async function load(more: boolean): Promise<void> {
    const api = session.api.value
    const own = ++turn
    if (!more) {
      nodes.value = []
      total.value = null
      cursor.value = null
    }
    if (api === null || filter.value === null || asOf.value === null) return
    hasFailed.value = false
    try {
      const { incidents } = await api.ask(FigureIncidentsDocument, {
        filter: filter.value,
        first: PAGE,
        after: more ? cursor.value : null,
        asOf: asOf.value,
      })
      if (own !== turn) return
      nodes.value = more ? [...nodes.value, ...incidents.nodes] : incidents.nodes
      total.value = incidents.totalCount
      cursor.value = incidents.pageInfo.hasNextPage ? incidents.pageInfo.endCursor : null
    } catch {
      if (own === turn) hasFailed.value = true
    }
  }
  watch(
    () => JSON.stringify([filter.value, asOf.value]),
    () => void load(false),
    { immediate: true },
  )
  return {
    nodes,
    total,
    asOf,
    hasFailed,
    hasMore: computed(() => cursor.value !== null),
    more: () => void load(true),
    retry: () => void load(false),
  }
}
