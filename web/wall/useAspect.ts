import { computed, onScopeDispose, shallowRef, watchEffect } from 'vue'
import { useRoute } from 'vue-router'
import { aspectOf } from './aspect.ts'
import { wallK } from './legibility.ts'
import { readProfile } from './profile.ts'

/** The aspect class decides the zones (`aspect.ts`). While a wall is shown the page's rem is its unit × 16. */

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
