import { onScopeDispose, readonly, shallowRef, watch } from 'vue'

const FELT_MS = 350

/** Whether a wait has lasted long enough to be felt: what is answered at once never flickers. */
export function useFelt(isWaiting: () => boolean) {
  const isFelt = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    isWaiting,
    waits => {
      clearTimeout(timer)
      if (!waits) isFelt.value = false
      else
        timer = setTimeout(() => {
          isFelt.value = true
        }, FELT_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return readonly(isFelt)
}
