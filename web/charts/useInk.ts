import { computed } from 'vue'
import { useRoute } from 'vue-router'
import type { Ink } from './chartOption.ts'

/** The theme's inks as a canvas needs them: CSS variables don't reach into it. */
export function useInk() {
  const route = useRoute()
  // Alone: whatever else changes in the address leaves the inks, and what is drawn with them, as they are.
  const theme = computed(() => route.query['theme'])
  return computed<Ink>(() => {
    void theme.value
    const style = getComputedStyle(document.documentElement)
    const token = (name: string) => style.getPropertyValue(name).trim()
    return { k1: token('--k-1'), k3: token('--k-3'), k4: token('--k-4'), l3: token('--l-3') }
  })
}
