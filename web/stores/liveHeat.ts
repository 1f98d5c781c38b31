/** The heat of the present as it was last had: what is old is never shown as now. */
export type LiveHeat = {
  readonly counts: Uint8Array
  readonly at: number // server time, until when it counts
  readonly askedAt: number // monotonic
}
/** `until`: said beside it where it is no longer that of now. */
export type HeatShown = { readonly counts: Uint8Array; readonly until: number | null }

export const HEAT_EVERY_MS = 30_000
const OLD_AFTER_MS = 3 * HEAT_EVERY_MS

/** Null: none was had, or so long ago that nothing of its window is left. */
export function heatShown(
  heat: LiveHeat | null,
  {
    now,
    monotonicMs,
    windowMs,
  }: { readonly now: number | null; readonly monotonicMs: number; readonly windowMs: number },
): HeatShown | null {
  if (heat === null) return null
  // In a demo the server's time may run so fast that a window passes between two turns.
  const isOld = monotonicMs - heat.askedAt > OLD_AFTER_MS
  if (isOld && now !== null && now - heat.at >= windowMs) return null
  return { counts: heat.counts, until: isOld ? heat.at : null }
}
