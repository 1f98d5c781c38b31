/** The days of a replay, each asked for once and kept while there is room; of today again when it has gone on. */
import type { Knowing } from '#domain/replay/incidentsAt.ts'
import type { ReplayDay } from '#domain/replay/replayDay.ts'
import { type Day, dayOf } from '../conductor/dayOf.ts'
import type { WallFrame } from '../stores/wallState.ts'
import type { Stretch } from './askReplay.ts'
import { type Moment, type MomentAsked, moments } from './replayMoment.ts'

const MOST_DAYS = 4

type Held = { readonly told: ReplayDay; readonly momentAt: (asked: MomentAsked) => Moment }
export type ReplayDays = {
  dayAt(at: number): Day
  /** Null: not here yet. */
  held(at: number, knowing: Knowing): Held | null
  load(at: number, knowing: Knowing): Promise<void>
}

export function replayDays(ask: (stretch: Stretch) => Promise<ReplayDay>, frame: WallFrame): ReplayDays {
  const days = new Map<string, Held>()
  const dayAt = (at: number) => dayOf(at, frame.settings.timezone)
  const keyOf = (at: number, knowing: Knowing) => `${dayAt(at).day} ${knowing}`
  return {
    dayAt,
    held(at, knowing) {
      const held = days.get(keyOf(at, knowing))
      return held !== undefined && at <= held.told.to ? held : null
    },
    async load(at, knowing) {
      const day = dayAt(at)
      const since = day.from - frame.settings.heat.windowMs
      const told = await ask({ from: day.from, to: day.to, since, knowing })
      const key = keyOf(at, knowing)
      days.delete(key)
      days.set(key, { told, momentAt: moments(told, day, frame, knowing) })
      for (const old of days.keys()) if (days.size > MOST_DAYS) days.delete(old)
    },
  }
}
