import { onScopeDispose, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { isPlaying } from '../conductor/transport.ts'
import { choiceOf, type TracksChoice, withChoice } from './tracksAddress.ts'
import type { useTracks } from './useTracks.ts'

const SETTLES_MS = 400

/** Who is chosen and singled out on the tracks page; the address follows, and a link begins with the same. */
export function useTracksChoice({ asked, transport, at }: ReturnType<typeof useTracks>) {
  const route = useRoute()
  const router = useRouter()
  const begun = choiceOf(route.query)
  const chosen = shallowRef<ReadonlySet<string>>(new Set(begun.people))
  const day = shallowRef(begun.day) // null: today
  const raised = shallowRef(begun.person)
  const hovered = shallowRef<string | null>(null)
  let settling: ReturnType<typeof setTimeout> | undefined

  function write(): void {
    const isAsked = asked.value !== null
    const instant = isAsked && transport.value !== null && !isPlaying(transport.value) ? at.value : null
    const choice: TracksChoice = {
      people: [...chosen.value],
      day: day.value,
      // Until they are here, the address goes on saying what it began with.
      at: isAsked ? instant : begun.at,
      person: raised.value,
    }
    void router.replace({ query: withChoice(route.query, choice) })
  }
  watch([chosen, day, raised, transport], () => {
    // A hand that ticks or scrubs would write more addresses than a browser takes.
    clearTimeout(settling)
    settling = setTimeout(write, SETTLES_MS)
  })
  onScopeDispose(() => clearTimeout(settling))

  return {
    chosen,
    day,
    raised,
    hovered,
    /** The instant that the link was made at, where it lies in the stretch that is asked for. */
    wantedAt: (from: number, to: number) =>
      asked.value === null && begun.at !== null && begun.at >= from && begun.at <= to ? begun.at : null,
  }
}
