import type { App } from '../app.ts'
import { referenceCache } from '../reference.ts'
import type { EventStore } from '../store/eventStore.ts'

/** A real app on a real store, whose clock stands until somebody moves it and whose chance is counted from `seed`. */
export function handMovedApp(store: EventStore, clock: { now: number }, seed: number, log: App['log'] = () => {}): App {
  let drawn = 0
  let looks = 0
  const draw = (digits: number) => (seed * 2 ** 24 + ++drawn).toString(16).padStart(digits, '0')
  return {
    store,
    time: { now: () => clock.now, speed: 1, lastStep: () => null },
    // Every look is a second after the one before: what somebody else changed is seen at once.
    reference: referenceCache(store, () => (looks += 1000)),
    random: { uuid: () => `00000000-0000-4000-8000-${draw(12)}`, hex: bytes => draw(bytes * 2) },
    log,
  }
}
