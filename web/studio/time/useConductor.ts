/** The instant that the whole studio stands at: how a hand moves it, how it runs, and when the address says so. */
import { computed, onScopeDispose, type Ref, shallowRef, watch } from 'vue'
import type { KeyAction } from '../../conductor/conductorKeys.ts'
import { dayOf } from '../../conductor/dayOf.ts'
import { act } from '../../conductor/handle.ts'
import {
  instantAt,
  isPlaying,
  nextSpeed,
  paused,
  pausedAt,
  played,
  type Speed,
  sought,
  type Transport,
  withSpeed,
} from '../../conductor/transport.ts'
import { monotonic } from '../../stores/time.ts'

/** Figures are counted as of whole minutes. */
const MINUTE = 60_000
/** At 60× every minute of the past is one question, a second apart. */
const FIRST_SPEED: Speed = 60
const STEP_EVERY_MS = 100
/** While it plays the address follows so often: a page that is loaded again goes on near where it was. */
const FOLLOW_EVERY_MS = 10_000

/** What has become of the last question. */
export type Answer = 'waiting' | 'drawn' | 'failed'
export type Conductor = ReturnType<typeof createConductor>

/** `addressed`: the instant in the address, null: the present. `present`: the instant up to which anything can be asked. */
export function createConductor(
  addressed: Readonly<Ref<number | null>>,
  present: Readonly<Ref<number>>,
  zone: Readonly<Ref<string>>,
  acts: { write(asOf: number | null): void; refresh(): void },
) {
  const asOf = shallowRef(addressed.value)
  const transport = shallowRef<Transport | null>(asOf.value === null ? null : pausedAt(asOf.value, FIRST_SPEED))
  const needle = shallowRef(asOf.value)
  let answer = (): Answer => 'drawn'
  let goesOn = false
  let written = addressed.value
  let writtenAt = 0
  let timer: ReturnType<typeof setInterval> | undefined

  /** The needle goes with hand and time; the figures follow as soon as the last answer is drawn. */
  function step(): void {
    if (transport.value === null) return
    const at = Math.floor(instantAt(transport.value, monotonic()))
    if (at >= present.value) {
      toNow()
      return
    }
    needle.value = at
    const minute = Math.floor(at / MINUTE) * MINUTE
    // What does not come once need not be asked for every minute of a day; a hand may ask again.
    if (isPlaying(transport.value) && answer() === 'failed') pause()
    else if (minute !== asOf.value) {
      if (answer() !== 'waiting') asOf.value = minute
    } else if (!isPlaying(transport.value)) rest()
    if (monotonic() - writtenAt >= FOLLOW_EVERY_MS) write()
  }
  function rest(): void {
    clearInterval(timer)
    timer = undefined
    write()
  }
  function write(): void {
    writtenAt = monotonic()
    if (asOf.value !== written) acts.write(asOf.value)
  }

  function set(next: Transport): void {
    // What is asked of the past is asked up to now.
    if (transport.value === null) acts.refresh()
    if (timer === undefined) {
      writtenAt = monotonic()
      timer = setInterval(step, STEP_EVERY_MS)
    }
    transport.value = next
    step()
  }
  function toNow(): void {
    if (transport.value === null) return
    transport.value = needle.value = asOf.value = null
    acts.refresh()
    rest()
  }
  const change = (to: (transport: Transport, mono: number) => Transport) => {
    if (transport.value !== null) set(to(transport.value, monotonic()))
  }
  const pause = () => change(paused)
  function seek(at: number): void {
    if (at >= present.value) toNow()
    else set(transport.value === null ? pausedAt(at, FIRST_SPEED) : sought(transport.value, at, monotonic()))
  }
  /** From the present it begins with the day. */
  function play(): void {
    set(played(transport.value ?? pausedAt(shownDay.value.from, FIRST_SPEED), monotonic()))
  }

  const at = computed(() => needle.value ?? present.value)
  const shownDay = computed(() => dayOf(at.value, zone.value))
  const playing = computed(() => transport.value !== null && isPlaying(transport.value))
  const toggle = () => (playing.value ? pause() : play())
  const turn = (by: 1 | -1) => change((now, mono) => withSpeed(now, nextSpeed(now.speed, by), mono))

  function obey(action: KeyAction): void {
    const { from, to } = shownDay.value
    act(action, { at: at.value, from, last: to - MINUTE }, { seek, toggle, turn, toNow })
  }

  // Another address, as a saved view or the browser's Back brings it, is another instant to stand at.
  watch(addressed, next => {
    if (next === written) return
    written = asOf.value = needle.value = next
    transport.value = next === null ? null : pausedAt(next, transport.value?.speed ?? FIRST_SPEED)
  })
  onScopeDispose(() => clearInterval(timer))

  return {
    asOf,
    transport,
    at,
    shownDay,
    playing,
    toggle,
    seek,
    toNow,
    act: obey,
    setSpeed: (speed: Speed) => change((now, mono) => withSpeed(now, speed, mono)),
    grab() {
      goesOn = playing.value
      pause()
    },
    release() {
      if (goesOn) play()
      goesOn = false
    },
    /** The address is about to say this. */
    wrote(next: number | null) {
      written = next
    },
    waitFor(told: () => Answer) {
      answer = told
    },
  }
}
