import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { monotonic, useTick } from '../stores/time.ts'
import { FIRST_TURN, isPaused, nextTurn } from './rotation.ts'

const INPUTS = ['pointerdown', 'pointermove', 'wheel', 'keydown', 'touchstart'] as const

/** Goes round the hot grids while nobody touches the wall and what it shows is live; else it stands. */
export function useRotation(hot: () => readonly string[], isLive: () => boolean) {
  const tick = useTick()
  const turn = shallowRef(FIRST_TURN)
  let inputAt: number | null = null
  const isStopped = shallowRef(false)

  function touched(event: Event): void {
    // A browser reports a pointer that rests over a changing page, too.
    if (event instanceof PointerEvent && event.type === 'pointermove' && !event.movementX && !event.movementY) return
    inputAt = monotonic()
    isStopped.value = true
  }
  for (const name of INPUTS) addEventListener(name, touched, { capture: true, passive: true })
  onScopeDispose(() => {
    for (const name of INPUTS) removeEventListener(name, touched, { capture: true })
  })

  watch(
    [tick, hot] as const,
    () => {
      const now = monotonic()
      isStopped.value = isPaused(now, inputAt)
      if (isLive() || turn.value.code === null) turn.value = nextTurn(turn.value, hot(), now, inputAt)
    },
    { immediate: true },
  )
  /** `null` where there is nothing to go round. */
  const place = computed(() => {
    const of = hot().length
    const index = turn.value.code === null ? -1 : hot().indexOf(turn.value.code)
    return of < 2 ? null : { index, of, isStopped: isStopped.value || !isLive() }
  })
  return { code: computed(() => turn.value.code), place }
}
