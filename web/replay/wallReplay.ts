/** The wall's replay: which instant is asked for, how it runs, and the moment that is shown. One question at a time. */
import { shallowRef } from 'vue'
import type { Knowing } from '#domain/replay/incidentsAt.ts'
import {
  FIRST_SPEED,
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
import type { Api } from '../graphql/client.ts'
import { monotonic } from '../stores/time.ts'
import type { WallFrame } from '../stores/wallState.ts'
import { askReplayDay, askReplayFixes } from './askReplay.ts'
import { fixChunks } from './fixChunks.ts'
import { type Focus, focusOf, movers } from './incidentReplay.ts'
import { replayDays } from './replayDays.ts'
import type { Moment } from './replayMoment.ts'

const FRAME_MS = 150
const SLOW_FRAME_MS = 500 // at 1× and 5×, where little changes between two frames
const RETRY_MS = 3000
/** A hand that moves on within so short a time scrubs: its heat, the dearest part of an instant, comes when it is still. */
const SCRUB_MS = 800
/** A hand that has been still for so long has found what it looked for. */
const REST_MS = 1500
/** What was fetched so short a time ago need not be fetched again before somebody asks. */
const PREPARED_MS = 60_000
/** Play from the present begins so far back. */
const REWIND_MS = 5 * 60_000
/** So much of the time to come is fetched ahead of the needle. */
const AHEAD_MS = 5000

export type ReplayWorld = {
  readonly api: Api
  readonly frame: WallFrame
  area(): string | null
  /** The server's time. */
  now(): number
  failed(error: unknown): void
}
export type WallReplay = ReturnType<typeof wallReplay>

export function wallReplay() {
  const transport = shallowRef<Transport | null>(null) // null: live
  const moment = shallowRef<Moment | null>(null)
  const knowing = shallowRef<Knowing>('now')
  const focus = shallowRef<Focus | null>(null)
  const firstDay = shallowRef<string | null>(null)
  /** What was asked for last could not be had; it is asked for again. */
  const isFailing = shallowRef(false)
  let world: ReplayWorld | null = null
  let data: ReturnType<typeof empty> | null = null
  let moved: { focus: Focus; workers: ReadonlySet<string> } | null = null
  let shown = ''
  let isRunning = false
  let woken = 0
  let soughtAt = Number.NEGATIVE_INFINITY
  let isHeld = false
  let isDragged = false
  let isHasty = false
  let stopWaiting = () => {}

  const instant = () => transport.value && Math.floor(instantAt(transport.value, monotonic()))

  function open(next: ReplayWorld): void {
    world = next
    data = empty(next)
    wake()
  }

  function close(): void {
    world = data = null
    moment.value = null
    shown = ''
  }

  /** What is shown from now on; `null` is the present. */
  function set(next: Transport | null): void {
    transport.value = next
    if (next === null) {
      moment.value = focus.value = moved = null
      shown = ''
      isFailing.value = false
      // What is told late belongs to the next replay.
      data = world && empty(world)
    } else wake()
  }

  function wake(): void {
    // A hand never waits for the next frame of a slow play.
    stopWaiting()
    woken++
    if (!isRunning && world !== null && transport.value !== null) void run()
  }

  /** Shows one instant after another until the one asked for is shown and nothing plays. */
  async function run(): Promise<void> {
    isRunning = true
    while (world !== null && data !== null && transport.value !== null) {
      const wanted = within(instant() ?? 0)
      if (wanted === null) break
      const key = `${wanted} ${world.area()} ${knowing.value} ${focus.value?.incident}`
      if (key === shown) {
        isFailing.value = false
        if (!isPlaying(transport.value)) break
        // It has only begun to run: the instant is still the one that stands there.
        await nextFrame()
        continue
      }
      const began = monotonic()
      try {
        await load(wanted)
        if (transport.value === null || data === null) break
        // While it was fetched somebody may have moved on: the newest question is answered when all for it is here.
        const newest = within(instant() ?? wanted) ?? wanted
        show(isHere(newest) ? newest : wanted)
      } catch (error) {
        isFailing.value = true
        world?.failed(error)
        await pause(RETRY_MS)
      }
      await nextFrame()
      const left = frameMs() - (monotonic() - began)
      if (transport.value !== null && isPlaying(transport.value) && left > 0)
        await new Promise<void>(resolve => {
          stopWaiting = resolve
          setTimeout(resolve, left)
        })
    }
    isRunning = false
    void settle()
  }

  /** While nobody asks: first the heat of the instant, then the rest of its day, so that a hand finds each at once. */
  async function settle(): Promise<void> {
    const own = woken
    await pause(SCRUB_MS)
    if (own !== woken || isRunning) return
    isHasty = false
    if (moment.value !== null && moment.value.heatAt !== moment.value.at) show(moment.value.at)
    await pause(REST_MS - SCRUB_MS)
    await fetchDay(own)
  }

  async function fetchDay(own: number): Promise<void> {
    try {
      while (own === woken && !isRunning && data !== null && transport.value !== null) {
        const { at } = transport.value
        const { from, to } = data.days.dayAt(at)
        if (!(await data.chunks.bringNearest(at, from, to))) break
        await nextFrame()
      }
    } catch {
      // What fails here is asked for again when it is needed, and told then.
    }
  }

  /** The instant as far as it may go: to the end of what is replayed, to the present. Null: it went over to the present. */
  function within(at: number): number | null {
    if (focus.value !== null && at >= focus.value.to && transport.value !== null && isPlaying(transport.value)) {
      transport.value = pausedAt(focus.value.to, transport.value.speed)
      return focus.value.to
    }
    if (world === null || at < world.now()) return at
    set(null)
    return null
  }

  const isHere = (at: number) =>
    data !== null &&
    data.days.held(at, knowing.value) !== null &&
    data.chunks.has(at) &&
    moved?.focus === (focus.value ?? undefined)

  async function load(at: number): Promise<void> {
    if (data === null) return
    const { days, chunks } = data
    await Promise.all([
      days.held(at, knowing.value) === null ? days.load(at, knowing.value) : null,
      chunks.load(at, focus.value?.from),
    ])
    if (focus.value !== null && moved?.focus !== focus.value) {
      const { from, to } = focus.value
      await chunks.load(to, from)
      const workers = days.held(at, knowing.value)?.told.workers.map(({ id }) => id) ?? []
      const current = focus.value
      moved = { focus: current, workers: movers(current, workers, worker => chunks.fixesOf(to, worker, from)) }
    }
    fetchAhead(at)
  }

  function fetchAhead(at: number): void {
    if (data === null || transport.value === null || !isPlaying(transport.value)) return
    const next = at + Math.max(60_000, transport.value.speed * AHEAD_MS)
    if (world === null || next >= world.now()) return
    const { days, chunks } = data
    const ahead = [chunks.load(next), days.held(next, knowing.value) === null ? days.load(next, knowing.value) : null]
    // What fails here is asked for again when it is needed, and told then.
    void Promise.allSettled(ahead)
  }

  function show(at: number): void {
    const held = data?.days.held(at, knowing.value)
    if (held == null || data === null || world === null) return
    isFailing.value = false
    const { chunks } = data
    const since = focus.value?.from
    firstDay.value = held.told.firstDay
    moment.value = held.momentAt({
      at,
      area: world.area(),
      fixesOf: worker => chunks.fixesOf(at, worker, since),
      wholeWaySince: worker => (moved?.workers.has(worker) ? (since ?? null) : null),
      isHasty: isHasty && transport.value !== null && !isPlaying(transport.value),
    })
    shown = `${at} ${world.area()} ${knowing.value} ${focus.value?.incident}`
  }

  const frameMs = () => ((transport.value?.speed ?? 1) <= 5 ? SLOW_FRAME_MS : FRAME_MS)

  return {
    transport,
    moment,
    knowing,
    focus,
    firstDay,
    isFailing,
    open,
    close,
    wake,
    seek(at: number) {
      // However slow the machine is: a hand that has not let go since the instant before scrubs.
      isHasty = isDragged || monotonic() - soughtAt < SCRUB_MS
      isDragged = isHeld
      soughtAt = monotonic()
      const whole = Math.round(at / 1000) * 1000
      set(transport.value ? sought(transport.value, whole, monotonic()) : pausedAt(whole))
    },
    hold(isHand: boolean) {
      isHeld = isHand
      isDragged = false
    },
    play(speed?: Speed) {
      const current = transport.value ?? (world && pausedAt(world.now() - REWIND_MS))
      if (current === null) return
      set(played(speed === undefined ? current : withSpeed(current, speed, monotonic()), monotonic()))
    },
    pause() {
      if (transport.value === null) return
      const still = paused(transport.value, monotonic())
      set({ ...still, at: Math.round(still.at / 1000) * 1000 })
    },
    setSpeed(speed: Speed) {
      if (transport.value !== null) set(withSpeed(transport.value, speed, monotonic()))
    },
    know(as: Knowing) {
      knowing.value = as
      wake()
    },
    /** Its fifteen minutes with everyone who moved; false when the day that is here has no such incident. */
    async focusOn(id: string, at: number): Promise<boolean> {
      if (data === null) return false
      if (data.days.held(at, 'now') === null) await data.days.load(at, 'now')
      const found = data.days.held(at, 'now')?.told.incidents.find(incident => incident.id === id)
      const next = found === undefined ? null : focusOf(found)
      if (next === null) return false
      focus.value = next
      set(played(pausedAt(next.from, FIRST_SPEED), monotonic()))
      return true
    },
    /** The instant stays; it is no longer one incident's. */
    unfocus() {
      focus.value = moved = null
      wake()
    },
    toNow: () => set(null),
    /** Has today at hand before somebody reaches for it. */
    async prepare() {
      if (world === null || data === null || transport.value !== null) return
      const at = world.now() - 1000
      if (data.days.held(at - PREPARED_MS, 'now') !== null) return
      await Promise.all([data.days.load(at, 'now'), data.chunks.load(at)])
      firstDay.value = data?.days.held(at, 'now')?.told.firstDay ?? firstDay.value
    },
    instant,
  }
}

/** Nothing is at hand yet. */
function empty({ api, frame, now }: ReplayWorld) {
  return {
    days: replayDays(stretch => askReplayDay(api, stretch), frame),
    chunks: fixChunks((from, to) => askReplayFixes(api, from, to), now),
  }
}

const nextFrame = () => new Promise(resolve => requestAnimationFrame(resolve))
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
