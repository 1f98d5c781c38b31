/** Which hot grid the plate and the focus map show, and for how long. Every instant is monotonic. */
export type Turn = { readonly code: string | null; readonly since: number }

export const TURN_MS = 20_000
/** Somebody is at the wall: nothing moves under their eyes. */
export const PAUSE_MS = 120_000

export const FIRST_TURN: Turn = { code: null, since: 0 }

/** The turn at `now`: a grid keeps its turn even when it cools down meanwhile, and another one gets hotter. */
export function nextTurn(turn: Turn, hot: readonly string[], now: number, inputAt: number | null): Turn {
  if (turn.code === null) return hot[0] === undefined ? turn : { code: hot[0], since: now }
  if (isPaused(now, inputAt) || now - turn.since < TURN_MS) return turn
  // Where the shown one is no longer hot, the round begins anew.
  const code = hot[(hot.indexOf(turn.code) + 1) % hot.length] ?? null
  return { code, since: now }
}

export const isPaused = (now: number, inputAt: number | null): boolean => inputAt !== null && now - inputAt < PAUSE_MS
