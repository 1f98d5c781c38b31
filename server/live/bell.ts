import type { Scheduler } from './scheduler.ts'

/** Wakes whoever waits. A ring that nobody waits for is lost: look first, then wait. */
export type Bell = {
  ring(): void
  /** Until the next ring, at most so long, or until the signal. */
  wait(ms: number, signal: AbortSignal): Promise<void>
}

export function bell(scheduler: Scheduler): Bell {
  let waiting = new Set<() => void>()
  return {
    ring() {
      const woken = waiting
      waiting = new Set()
      for (const wake of woken) wake()
    },
    wait: (ms, signal) =>
      new Promise(resolve => {
        if (signal.aborted) return resolve()
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
