/** Waiting, as an argument: tests move it by hand. */
export type Scheduler = {
  /** Runs once after so many milliseconds; the answer calls it off. */
  after(ms: number, run: () => void): () => void
}

export const timers: Scheduler = {
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** Runs again and again, each time so long after the one before has ended, however it ended: `run` tells its own failures. */
export function every(scheduler: Scheduler, ms: number, run: () => Promise<void>): () => void {
  let isOver = false
  let cancel = scheduler.after(ms, next)
  function next(): void {
    run().then(again, again)
  }
  function again(): void {
    if (!isOver) cancel = scheduler.after(ms, next)
  }
  return () => {
    isOver = true
    cancel()
  }
}
