/** Wakes whoever waits: thousands of them, so none has a timer of its own. */
export type Bell = {
  ring(): void
  /** How often it has rung: read it before looking, so that no ring between looking and waiting is lost. */
  rings(): number
  /** Until it has rung more often than `heard`, or `expire` is told of an instant at or after `until`, or `wake`. */
  wait(who: object, heard: number, until: number): Promise<void>
  expire(now: number): void
  wake(who: object): void
}

type Waiting = { readonly until: number; readonly resolve: () => void }

export function bell(): Bell {
  let waiting = new Map<object, Waiting>()
  let rings = 0
  return {
    rings: () => rings,
    ring() {
      rings++
      const woken = waiting
      waiting = new Map()
      for (const { resolve } of woken.values()) resolve()
    },
    wait: (who, heard, until) =>
      new Promise(resolve => {
        if (rings > heard) resolve()
        else waiting.set(who, { until, resolve })
      }),
    expire(now) {
      for (const [who, { until, resolve }] of waiting) {
        if (until > now) continue
        waiting.delete(who)
        resolve()
      }
    },
    wake(who) {
      waiting.get(who)?.resolve()
      waiting.delete(who)
    },
  }
}
