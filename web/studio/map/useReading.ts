import { computed, type Ref, shallowRef } from 'vue'
import type { LngLat } from '#domain/incident/facts.ts'
import type { createHeat } from '../heat/useHeat.ts'
import type { StudioView } from '../view/studioView.ts'
import { gridNameAt, readingsAt } from './reading.ts'

/** The one crosshair of all maps: where it stands, and what is read there. */
export function createReading(
  view: Readonly<Ref<StudioView>>,
  heat: ReturnType<typeof createHeat>,
  levels: () => readonly string[],
) {
  const hovered = shallowRef<LngLat | null>(null)
  const place = computed(() => view.value.at ?? hovered.value)
  const readings = computed(() =>
    heat.shown.value && place.value ? readingsAt(heat.shown.value, place.value, view.value.bandwidthM) : [],
  )
  const difference = computed(() => {
    const [a, b] = readings.value
    return a && b && a.value !== null && b.value !== null ? a.value - b.value : null
  })
  const gridName = computed(() =>
    place.value ? gridNameAt(heat.areas.value, levels(), heat.root.value, place.value) : null,
  )
  return { hovered, place, readings, difference, gridName }
}
