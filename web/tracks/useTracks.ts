import { computed, onScopeDispose, shallowRef } from 'vue'
import { placeAt, type Track } from '#domain/worker/trackLine.ts'
import {
  instantAt,
  isPlaying,
  paused,
  pausedAt,
  played,
  type Speed,
  sought,
  type Transport,
  withSpeed,
} from '../conductor/transport.ts'
import { monotonic } from '../stores/time.ts'
import { askTracks, type TracksAsked, type TracksProblem } from './askTracks.ts'

const FRAME_MS = 100

/** The tracks that were asked for, and the instant at which everybody stands. */
export function useTracks(token: () => string | null) {
  const tracks = shallowRef<readonly Track[]>([])
  const asked = shallowRef<TracksAsked | null>(null)
  const isLoading = shallowRef(false)
  const problem = shallowRef<TracksProblem | null>(null)
  const transport = shallowRef<Transport | null>(null)
  const at = shallowRef(0)
  let turn = 0

  async function load(next: TracksAsked): Promise<void> {
    const key = token()
    if (key === null) return
    const own = ++turn
    const come: Track[] = []
    asked.value = next
    tracks.value = []
    problem.value = null
    isLoading.value = true
    set(pausedAt(next.from))
    try {
      const refused = await askTracks(location.origin, key, next, track => {
        if (own !== turn) return
        come.push(track)
        // The first ones are shown at once; every further handover draws them all anew.
        if (come.length === 1 || come.length % 50 === 0) tracks.value = [...come]
      })
      if (own !== turn) return
      problem.value = refused
      tracks.value = come
      const begins = come.flatMap(({ fixes }) => fixes[0]?.at ?? [])
      if (begins.length > 0 && at.value === next.from) set(pausedAt(Math.min(...begins)))
    } catch {
      // The connection broke; what came by then stands.
      if (own === turn) problem.value = 'unavailable'
    } finally {
      if (own === turn) isLoading.value = false
    }
  }

  function set(next: Transport): void {
    transport.value = next
    step()
  }

  /** The end of the day ends the play. */
  function step(): void {
    if (transport.value === null || asked.value === null) return
    const instant = instantAt(transport.value, monotonic())
    if (instant >= asked.value.to) transport.value = pausedAt(asked.value.to, transport.value.speed)
    at.value = Math.min(Math.floor(instant), asked.value.to)
  }

  const timer = setInterval(() => {
    if (transport.value !== null && isPlaying(transport.value)) step()
  }, FRAME_MS)
  onScopeDispose(() => {
    turn = -1
    clearInterval(timer)
  })

  const change = (to: (transport: Transport, mono: number) => Transport) => {
    if (transport.value !== null) set(to(transport.value, monotonic()))
  }
  return {
    tracks,
    asked,
    isLoading,
    problem,
    transport,
    at,
    known: computed(() => tracks.value.filter(track => placeAt(track, at.value)?.isKnown).length),
    load,
    play: () => change(played),
    pause: () => change(paused),
    seek: (instant: number) => change((transport, mono) => sought(transport, instant, mono)),
    setSpeed: (speed: Speed) => change((transport, mono) => withSpeed(transport, speed, mono)),
  }
}
