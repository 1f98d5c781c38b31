import { computed, type Ref, shallowRef, watch } from 'vue'
import { decodeHeat } from '#domain/heat/codec.ts'
import { type PileUp, pileUps } from '#domain/heat/pileUps.ts'
import { askCounts, countsPath } from '../heat/askHeat.ts'
import type { createHeat } from '../heat/useHeat.ts'
import type { useStudioStore } from '../studioStore.ts'
import { filterOf } from '../view/filterOf.ts'
import type { StudioView } from '../view/studioView.ts'

/** Counts of this bandwidth lie on a lattice of about a metre: one coordinate is one cell. */
const FINE_BANDWIDTH_M = 60

/** What the first period's places say of themselves: many incidents on one coordinate are somebody's default. */
export function createQuality(
  store: ReturnType<typeof useStudioStore>,
  view: Readonly<Ref<StudioView>>,
  heat: ReturnType<typeof createHeat>,
) {
  const piles = shallowRef<readonly PileUp[]>([])
  const failure = shallowRef<string | null>(null)
  let turn = 0
  const path = computed(() =>
    countsPath(filterOf(view.value, view.value.period, store.asked ?? 0, heat.limits.value), FINE_BANDWIDTH_M),
  )
  watch(
    [path, () => store.asked] as const,
    async ([wanted]) => {
      turn += 1
      const mine = turn
      try {
        const { bytes } = await askCounts(store.fetch, wanted)
        if (mine !== turn) return
        piles.value = pileUps(decodeHeat(bytes).counts)
        failure.value = null
      } catch (error) {
        if (mine !== turn) return
        piles.value = []
        failure.value = error instanceof Error ? error.message : String(error)
      }
    },
    { immediate: true },
  )
  return { piles, failure }
}
