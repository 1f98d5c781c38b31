/** Milliseconds to wait before the `attempt`-th try again (from 0): doubling to 30 s, half of it left to chance (0…1). */
export function backOffMs(attempt: number, chance: number): number {
  const full = Math.min(30_000, 500 * 2 ** Math.min(attempt, 10))
  return full / 2 + (full / 2) * chance
}
