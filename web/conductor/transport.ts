/** How a replay runs: pure functions of a state. `at`: instants shown, epoch ms; `mono`: monotonic ms of the page. */
export type Transport = {
  readonly at: number
  /** How much faster than it happened; kept while paused. */
  readonly speed: Speed
  /** When, on the page's monotonic clock, it began to run from `at`; null: paused. */
  readonly since: number | null
}
export const SPEEDS = [1, 5, 10, 60, 240] as const
export type Speed = (typeof SPEEDS)[number]
export const FIRST_SPEED: Speed = 10

export const pausedAt = (at: number, speed: Speed = FIRST_SPEED): Transport => ({ at, speed, since: null })

export const instantAt = ({ at, speed, since }: Transport, mono: number): number =>
  since === null ? at : at + Math.max(0, mono - since) * speed

export const isPlaying = ({ since }: Transport): boolean => since !== null

export const played = (transport: Transport, mono: number): Transport =>
  isPlaying(transport) ? transport : { ...transport, since: mono }

export const paused = (transport: Transport, mono: number): Transport => ({
  ...transport,
  at: instantAt(transport, mono),
  since: null,
})

/** It goes on from there when it was running. */
export const sought = (transport: Transport, at: number, mono: number): Transport => ({
  ...transport,
  at,
  since: isPlaying(transport) ? mono : null,
})

export const withSpeed = (transport: Transport, speed: Speed, mono: number): Transport => ({
  at: instantAt(transport, mono),
  speed,
  since: isPlaying(transport) ? mono : null,
})

/** The next faster (+1) or slower (−1) one; the same at the end of the row. */
export function nextSpeed(speed: Speed, step: 1 | -1): Speed {
  return SPEEDS[SPEEDS.indexOf(speed) + step] ?? speed
}

export const speedOf = (text: string | null): Speed | null => SPEEDS.find(speed => String(speed) === text) ?? null
