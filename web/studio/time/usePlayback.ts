import { computed, onScopeDispose, type Ref, shallowRef, watch } from 'vue'
import { livedPart } from '../view/periods.ts'
import type { StudioView } from '../view/studioView.ts'
import { frameAt, frameCount } from './frames.ts'

export type Playback = ReturnType<typeof createPlayback>

/** The frame that is shown. While it plays it is not in the address; where it stops, it is. */
export function createPlayback(
  view: Readonly<Ref<StudioView>>,
  now: Readonly<Ref<number>>,
  change: (patch: Partial<StudioView>) => void,
) {
  const lived = computed(() => livedPart(view.value.period, now.value))
  const frames = computed(() => frameCount(lived.value, view.value.play))
  const moving = shallowRef<number | null>(null)
  const frame = computed(() => {
    const at = moving.value ?? view.value.play.frame
    return at === null ? null : Math.min(at, frames.value - 1)
  })
  const window = computed(() => (frame.value === null ? null : frameAt(lived.value, view.value.play, frame.value)))
  let timer: ReturnType<typeof setTimeout> | undefined
  let isReady = () => true

  function step(): void {
    if (moving.value === null) return
    timer = setTimeout(step, 1000 / view.value.play.perSecond)
    if (!isReady()) return // The last frame is not drawn yet: none is skipped.
    const next = moving.value + 1
    if (next < frames.value) moving.value = next
    else if (view.value.play.isLooping) moving.value = 0
    else pause()
  }
  function play(): void {
    const at = frame.value ?? 0
    moving.value = at >= frames.value - 1 ? 0 : at
    clearTimeout(timer)
    timer = setTimeout(step, 1000 / view.value.play.perSecond)
  }
  function pause(): void {
    const at = frame.value
    clearTimeout(timer)
    moving.value = null
    seek(at)
  }
  function seek(at: number | null): void {
    if (moving.value !== null && at !== null) moving.value = at
    else change({ play: { ...view.value.play, frame: at } })
  }
  /** Back to the whole period. */
  function stop(): void {
    clearTimeout(timer)
    moving.value = null
    seek(null)
  }
  // Another period, window or step is another film.
  watch([frames, () => view.value.play.isCumulative], () => {
    if (moving.value !== null) moving.value = Math.min(moving.value, frames.value - 1)
  })
  onScopeDispose(() => clearTimeout(timer))
  const waitFor = (drawn: () => boolean) => {
    isReady = drawn
  }
  return { frame, frames, window, isPlaying: computed(() => moving.value !== null), play, pause, seek, stop, waitFor }
}
