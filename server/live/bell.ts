import type { Scheduler } from './scheduler.ts'

/** Wakes whoever waits. */
export type Bell = {
  ring(): void
  /** How often it has rung: read it before looking, so that no ring between looking and waiting is lost. */
  rings(): number
  /** Until it has rung more often than `heard`, at most so long, or until the signal. */
  wait(heard: number, ms: number, signal: AbortSignal): Promise<void>
}

export function bell(scheduler: Scheduler): Bell {
  let waiting = new Set<() => void>()
  let rings = 0
  return {
    rings: () => rings,
    ring() {
      rings++
      const woken = waiting
      waiting = new Set()
      for (const wake of woken) wake()
    },
    wait: (heard, ms, signal) =>
      new Promise(resolve => {
        if (signal.aborted || rings > heard) return resolve()
        const cancel = scheduler.after(ms, wake)
        function wake(): void {
          cancel()
          waiting.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        waiting.add(wake)
        signal.addEventListener('abort', wake)
      }),
  }
}
