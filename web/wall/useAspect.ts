import { onScopeDispose, readonly, shallowRef } from 'vue'

/** The aspect class decides the zones: one side panel; a panel on each side; three screens with focus maps. */
export type Aspect = 'single' | 'wide' | 'triple'

export const aspectOf = (ratio: number): Aspect => (ratio >= 4 ? 'triple' : ratio >= 2.3 ? 'wide' : 'single')

export function useAspect() {
  const read = () => ({ aspect: aspectOf(innerWidth / innerHeight), unitPx: innerHeight / 1080 })
  const size = shallowRef(read())
  const resized = () => {
    size.value = read()
  }
  addEventListener('resize', resized)
  onScopeDispose(() => removeEventListener('resize', resized))
  return readonly(size)
}
