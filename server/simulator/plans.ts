/** The days' plans, made when first asked for; only the latest few are kept. */
import { localDay, startOfLocalDay } from '#domain/time/localTime.ts'
import { type DayPlan, dayPlan } from './dayPlan.ts'
import type { World } from './world.ts'

export type Plans = {
  readonly world: World
  readonly seed: string
  of(day: string): DayPlan
  /** The plan of the local day of an instant, and that of the day before, whose stories may go on. */
  around(instant: number): readonly [yesterday: DayPlan, today: DayPlan]
}

const KEPT = 3

export function plans(world: World, seed: string): Plans {
  const made = new Map<string, DayPlan>()
  const of = (day: string): DayPlan => {
    const plan = made.get(day) ?? dayPlan(world, seed, day)
    made.delete(day)
    made.set(day, plan)
    for (const old of [...made.keys()].slice(0, -KEPT)) made.delete(old)
    return plan
  }
  return {
    world,
    seed,
    of,
    around: instant => {
      const midnight = startOfLocalDay(instant, world.timezone)
      return [of(localDay(midnight - 1, world.timezone)), of(localDay(instant, world.timezone))]
    },
  }
}
