import type { Fix } from '#domain/worker/acceptFix.ts'
import type { DutySpan } from '#domain/worker/duty.ts'
import type { App } from '../app.ts'

/**
 * What the store knows of a worker around some fixes: the fixes from the one before the first to the one after the last,
 * in order of time, and the duty in between.
 */
export async function knownAround(
  app: App,
  worker: string,
  fixes: readonly { readonly at: number }[],
): Promise<{ kept: readonly Fix[]; spans: readonly DutySpan[] }> {
  const instants = fixes.map(({ at }) => at).filter(Number.isSafeInteger)
  if (instants.length === 0) return { kept: [], spans: [] }
  const [from, to] = [instants.reduce((a, b) => Math.min(a, b)), instants.reduce((a, b) => Math.max(a, b))]
  const workers = [worker]
  const snapshot = await app.store.snapshot()
  try {
    const [before, within, after, spans] = await Promise.all([
      snapshot.lastPositions({ workers, at: from - 1 }),
      snapshot.positions({ workers, from, to }),
      snapshot.positions({ workers, from: to + 1, to: Number.MAX_SAFE_INTEGER, limit: 1 }),
      snapshot.dutySpans({ worker, from, to: to + 1 }),
    ])
    return { kept: [...before, ...within, ...after], spans }
  } finally {
    await snapshot.close()
  }
}
