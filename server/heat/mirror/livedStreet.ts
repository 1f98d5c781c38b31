/** A street on which a few days of everything have happened, by chance from a seed: what a mirror is compared on. */
import type { LngLat } from '#domain/incident/facts.ts'
import type { Random } from '../../simulator/random.ts'
import { EAST_1, HOUR, IN_EAST_1, MINUTE, viewer, WEST } from '../../testing/street.ts'
import type { TestApp } from '../../testing/testApp.ts'
import { recordBreaches } from '../../timers/breachTimers.ts'

const dispatcher = viewer('dispatcher')
const leader = viewer('leader')

/** Lets `n` things happen: reports with and without a place, and whatever becomes of them. */
export async function live(street: TestApp, n: number, { next: chance, pick }: Random, ids: string[]): Promise<void> {
  for (let i = 0; i < n; i++) {
    street.clock.now += Math.floor(chance() * 25 * MINUTE)
    if (ids.length === 0 || chance() < 0.4) ids.push(await begin())
    else await go(pick(ids))
  }
  await recordBreaches(street.app, street.clock.now)

  function place(): LngLat {
    return { lng: 121.4 + chance() * 0.04, lat: 31.2 + chance() * 0.02 }
  }

  async function begin(): Promise<string> {
    const common = { category: pick(['rubbish', 'fire']), source: pick(['hotline', 'patrol', 'sensor']) }
    const tier = pick(['minor', 'major', 'hard', null] as const)
    const what = { ...common, ...(tier && { tier }), at: street.clock.now - Math.floor(chance() * HOUR) }
    if (chance() < 0.1) return street.does(dispatcher, { verb: 'report', ...what, area: pick([WEST, EAST_1]) })
    return street.does(dispatcher, { verb: chance() < 0.3 ? 'signal' : 'report', ...what, place: place() })
  }

  /** What a rule refuses does not happen, as on a street. */
  async function go(incident: string): Promise<void> {
    const steps = [
      { verb: 'report', incident, at: street.clock.now - Math.floor(chance() * 2 * HOUR) },
      { verb: 'classify', incident, category: pick(['rubbish', 'fire']), place: pick([IN_EAST_1, place()]) },
      { verb: 'dispatch', incident, assignee: pick(['w1', 'w3']) },
      { verb: 'accept', incident, assignee: pick(['w1', 'w3']) },
      { verb: 'pause', incident, reason: '等钥匙' },
      { verb: 'resume', incident },
      { verb: 'resolve', incident },
      { verb: 'void', incident, reason: '误报' },
      { verb: 'restore', incident, reason: '属实' },
      { verb: 'merge', incident, into: pick(ids), reason: '同一件' },
    ] as const
    await street.give(leader, pick(steps))
    await street.give(dispatcher, pick(steps))
  }
}
