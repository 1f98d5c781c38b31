import { onScopeDispose, readonly, shallowRef } from 'vue'

const STAYS_MS = 8000
const SIGNS = ['pointerdown', 'pointermove', 'wheel', 'keydown', 'touchstart', 'focusin'] as const

/** Whether somebody is there: a hand on pointer, keys or glass in the last seconds, or holding what `isHeld` says. */
export function useAwake(isHeld: () => boolean) {
  const isAwake = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  function stay(): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (isHeld()) stay()
      else isAwake.value = false
    }, STAYS_MS)
  }
  function sign(event: Event): void {
    // A browser reports a pointer that rests over a changing page, too.
    if (event instanceof PointerEvent && event.type === 'pointermove' && !event.movementX && !event.movementY) return
    isAwake.value = true
    stay()
  }
  for (const name of SIGNS) addEventListener(name, sign, { capture: true, passive: true })
  onScopeDispose(() => {
    clearTimeout(timer)
    for (const name of SIGNS) removeEventListener(name, sign, { capture: true })
  })
  return readonly(isAwake)
}
