const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** A terminal and a launcher both pass on the same Ctrl-C. */
const SAME_MS = 1_000

type Signals = {
  on(signal: NodeJS.Signals, listener: () => void): unknown
  removeAllListeners(signal: NodeJS.Signals): unknown
  kill(signal: NodeJS.Signals): void
}

/** Resolves when the process is told to stop. One who asks again, later than an echo comes, does not wait for what is still open. */
export function stopSignal(signals: Signals, monotonicMs: () => number): Promise<void> {
  return new Promise(resolve => {
    let first: number | null = null
    for (const signal of STOPPING)
      signals.on(signal, () => {
        if (first === null) {
          first = monotonicMs()
          resolve()
        } else if (monotonicMs() - first > SAME_MS) {
          for (const each of STOPPING) signals.removeAllListeners(each)
          signals.kill(signal)
        }
      })
  })
}
