import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { type KeyAction, keyAction } from '../conductor/conductorKeys.ts'
import type { Day } from '../conductor/dayOf.ts'
import { act } from '../conductor/handle.ts'
import { isPlaying, nextSpeed } from '../conductor/transport.ts'
import { useWallStore } from '../stores/wallStore.ts'

/** What a hand on the conductor does to the wall. `shown`: the day under it. */
export function useReplayHand(shown: () => Day) {
  const wall = useWallStore()
  const { replay } = wall
  const route = useRoute()
  const router = useRouter()
  const playing = computed(() => replay.transport.value !== null && isPlaying(replay.transport.value))
  let goesOn = false

  const toggle = () => (playing.value ? replay.pause() : replay.play())

  function obey(action: KeyAction): void {
    const at = replay.instant() ?? wall.now
    if (at === null) return
    const { from, to } = shown()
    // The end of today is the present.
    act(action, { at, from, last: to - 1000 }, { seek: replay.seek, toggle, turn, toNow: replay.toNow })
  }

  function turn(step: 1 | -1): void {
    const { value } = replay.transport
    if (value !== null) replay.setSpeed(nextSpeed(value.speed, step))
  }

  return {
    isPlaying: playing,
    toggle,
    act: obey,
    /** Keys that nothing else on the page takes are the conductor's; only Space and arrows begin a replay. */
    press(event: KeyboardEvent): void {
      const action = event.target === document.body ? keyAction(event) : null
      if (action === null || (action.kind === 'now' && replay.transport.value === null)) return
      event.preventDefault()
      obey(action)
    },
    grab() {
      goesOn = playing.value
      replay.hold(true)
      replay.pause()
    },
    release() {
      replay.hold(false)
      if (goesOn) replay.play()
      goesOn = false
    },
    /** Somebody comes near: today's facts are fetched before the first question. A failure is told when it is asked. */
    prepare: () => void replay.prepare().catch(() => {}),
    replayIncident: () =>
      void router.push({ query: { ...route.query, at: undefined, speed: undefined, replay: null } }),
  }
}
