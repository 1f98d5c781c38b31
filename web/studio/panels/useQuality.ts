import { computed, type Ref, shallowRef, watch } from 'vue'
import { decodeHeat } from '#domain/heat/codec.ts'
import { hourlyCounts } from '#domain/heat/hourlyCounts.ts'
import { type PileUp, pileUps } from '#domain/heat/pileUps.ts'
import { reportingGaps } from '#domain/heat/reportingGaps.ts'
import { askCounts, countsPath } from '../heat/askHeat.ts'
import type { createHeat } from '../heat/useHeat.ts'
import type { useStudioStore } from '../studioStore.ts'
import { filterOf } from '../view/filterOf.ts'
import { livedPart } from '../view/periods.ts'
import type { StudioView } from '../view/studioView.ts'

/** Counts of this bandwidth lie on a lattice of about a metre: one coordinate is one cell. */
const FINE_BANDWIDTH_M = 60

/** What the first period's places say of themselves: many incidents on one coordinate are somebody's default. */
export function createQuality(
  store: ReturnType<typeof useStudioStore>,
  view: Readonly<Ref<StudioView>>,
  now: Readonly<Ref<number>>,
  heat: ReturnType<typeof createHeat>,
  texts: { fault(error: unknown): string },
) {
  const piles = shallowRef<readonly PileUp[] | null>(null) // null: not known, or no longer
  const failure = shallowRef<string | null>(null)
  const isAnswered = shallowRef(false)
  let turn = 0
  const path = computed(() =>
    countsPath(filterOf(view.value, view.value.period, now.value, heat.limits.value), FINE_BANDWIDTH_M),
  )
  watch(
    [path, () => store.asked] as const,
    async ([wanted]) => {
      turn += 1
      const mine = turn
      isAnswered.value = false
      try {
        const { bytes } = await askCounts(store.fetch, wanted)
        if (mine !== turn) return
        piles.value = pileUps(decodeHeat(bytes).counts)
        failure.value = null
      } catch (error) {
        if (mine !== turn) return
        piles.value = null
        failure.value = texts.fault(error)
      }
      isAnswered.value = true
    },
    { immediate: true },
  )
  /** Silent hours of the first period, all hours and weekdays of it: a filter's own silence is no gap. Null: not known. */
  const gaps = computed(() => {
    const [told] = heat.times.value
    const zone = store.frame?.settings.timezone
    if (!told || !zone) return null
    const { from, to } = livedPart(view.value.period, now.value)
    return reportingGaps(hourlyCounts(told.days, from, to, zone), zone)
  })
  return { piles, gaps, failure, isAnswered }
}
