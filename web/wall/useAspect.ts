import { computed, onScopeDispose, shallowRef, watchEffect } from 'vue'
import { useRoute } from 'vue-router'
import { wallK } from './legibility.ts'
import { readProfile } from './profile.ts'

/** The aspect class decides the zones: one side panel; a panel on each side; three screens with focus maps. */
export type Aspect = 'single' | 'wide' | 'triple'

export const aspectOf = (ratio: number): Aspect => (ratio >= 4 ? 'triple' : ratio >= 2.3 ? 'wide' : 'single')

/** The zones and the unit of this wall. While it is shown the page's rem is that unit × 16. */
export function useAspect() {
  const route = useRoute()
  const read = () => ({ width: innerWidth, height: innerHeight, lines: innerHeight * devicePixelRatio })
  const screen = shallowRef(read())
  const resized = () => {
    screen.value = read()
  }
  addEventListener('resize', resized)
  onScopeDispose(() => removeEventListener('resize', resized))
  const k = computed(() => wallK(readProfile(route.query), screen.value.lines))
  watchEffect(() => document.documentElement.style.setProperty('--wall-k', String(k.value)))
  onScopeDispose(() => document.documentElement.style.removeProperty('--wall-k'))
  return computed(() => {
    const { width, height } = screen.value
    return { aspect: aspectOf(width / height), unitPx: (height / 1080) * k.value, k: k.value }
  })
}
