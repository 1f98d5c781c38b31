/** What the panels of the studio share: the view of the address, and how it is changed. */
import { computed, type InjectionKey, inject, provide, shallowRef, watch, watchEffect } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute, useRouter } from 'vue-router'
import type { Bbox } from '#domain/geo/bbox.ts'
import { isDoorFault } from '../graphql/doorFault.ts'
import { subtree } from '../stores/areas.ts'
import { useExports } from './exports/useExports.ts'
import { createHeat } from './heat/useHeat.ts'
import { createReading } from './map/useReading.ts'
import { createQuality } from './panels/useQuality.ts'
import { useStudioStore } from './studioStore.ts'
import { createConductor } from './time/useConductor.ts'
import { createPlayback } from './time/usePlayback.ts'
import { type Dropped, type Known, queryOf, VIEW_KEYS, viewOf } from './view/address.ts'
import type { StudioView } from './view/studioView.ts'

/** What stands open at the right: the incidents of a period, or the export. */
export type Drawer = { readonly kind: 'incidents'; readonly index: number } | { readonly kind: 'export' }

export type Studio = ReturnType<typeof createStudio>
const KEY: InjectionKey<Studio> = Symbol('studio')

export function provideStudio(): Studio {
  const studio = createStudio()
  provide(KEY, studio)
  return studio
}

export function useStudio(): Studio {
  const studio = inject(KEY)
  if (!studio) throw new Error('a panel stands outside the studio')
  return studio
}

function createStudio() {
  const store = useStudioStore()
  const { t } = useI18n()
  const route = useRoute()
  const router = useRouter()
  const zone = computed(() => store.frame?.settings.timezone ?? 'UTC')
  const asked = computed(() => store.asked ?? 0)
  const clocks = computed(() => [
    ...new Set(store.reference?.policies.flatMap(policy => policy.clocks.map(({ name }) => name)) ?? []),
  ])
  const known = computed<Known>(() => ({
    now: asked.value,
    zone: zone.value,
    areas: subtree(store.frame?.areas ?? [], null),
    categories: store.frame?.categories.map(({ id }) => id) ?? [],
    sources: store.reference?.sources.map(({ id }) => id) ?? [],
    clocks: clocks.value,
  }))
  const read = computed(() => viewOf(route.query as Parameters<typeof viewOf>[0], known.value))
  const conductor = createConductor(
    computed(() => read.value.view.asOf),
    asked,
    zone,
    { write: asOf => change({ asOf }), refresh: store.refresh },
  )
  /** The address's, but for the instant: while it moves it is not in the address. */
  const view = computed<StudioView>(() => ({ ...read.value.view, asOf: conductor.asOf.value }))
  /** Nothing later is told. */
  const now = computed(() => view.value.asOf ?? asked.value)
  const dropped = shallowRef<readonly Dropped[]>([])
  const mapBounds = shallowRef<Bbox | null>(null) // of the first map, once it rests
  const drawer = shallowRef<Drawer | null>(null)

  /** The address is the only state: a change is another address. */
  function change(patch: Partial<StudioView>): void {
    const next = { ...view.value, ...patch }
    conductor.wrote(next.asOf)
    show(queryOf(next, zone.value))
  }
  function show(query: ReturnType<typeof queryOf>): void {
    const others = Object.fromEntries(
      Object.entries(route.query).filter(([key]) => !VIEW_KEYS.some(own => own === key)),
    )
    void router.replace({ query: { ...others, ...query } })
  }
  // What makes no sense is said once and leaves the address; what moves with the day is written down.
  watch(
    read,
    now => {
      if (now.dropped.length > 0) dropped.value = now.dropped
      if (now.dropped.length > 0 || route.query['from'] === undefined) change({})
    },
    { immediate: true },
  )

  const texts = {
    tooFine: () => t('studio.tooFine'),
    fault(error: unknown) {
      if (!isDoorFault(error)) return error instanceof Error ? error.message : String(error)
      return error.status === null ? t('studio.silent') : t('studio.answered', { status: error.status })
    },
  }
  const playback = createPlayback(view, now, change)
  const heat = createHeat(store, view, now, playback, mapBounds, texts)
  const reading = createReading(view, heat, () => store.frame?.settings.levels ?? [])
  const quality = createQuality(store, view, now, heat, texts)
  conductor.waitFor(() => {
    if (!heat.isAnswered.value || !quality.isAnswered.value) return 'waiting'
    return heat.failure.value === null && heat.timesFailure.value === null ? 'drawn' : 'failed'
  })
  watchEffect(() => {
    document.documentElement.dataset['link'] = view.value.asOf === null ? store.link : 'replay'
  })
  const exports = useExports(store)
  return {
    store,
    zone,
    asked,
    view,
    known,
    clocks,
    dropped,
    mapBounds,
    drawer,
    change,
    show,
    now,
    conductor,
    playback,
    heat,
    reading,
    quality,
    exports,
  }
}
