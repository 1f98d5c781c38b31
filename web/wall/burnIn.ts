/** A wall that stands still for months burns in: now and then everything on it moves by a pixel. */
export const SHIFT_EVERY_S = 600
/** Room that the stage leaves on both axes, so that no shift changes the size of anything. */
export const ROOM_PX = 2

// Round the middle and over it, one or two pixels a step: every spot is left, and none is far from its seam.
const CYCLE = [
  [1, 1],
  [2, 1],
  [2, 2],
  [1, 2],
  [0, 2],
  [0, 1],
  [0, 0],
  [1, 0],
  [2, 0],
] as const

/** The padding of the stage in the n-th ten minutes. */
export function stagePadding(step: number): string {
  const [x, y] = CYCLE[step % CYCLE.length] ?? CYCLE[0]
  return `${y}px ${ROOM_PX - x}px ${ROOM_PX - y}px ${x}px`
}
