import type { DifferencePicture } from '../heat/picture.ts'
import type { Shown } from '../heat/useHeat.ts'

/** The difference that can be drawn; null where there is none, or where the two cannot be compared. */
export function signedOf(shown: Shown | null): DifferencePicture | null {
  const difference = shown?.picture.difference ?? null
  return difference === 'unequalWindows' ? null : difference
}
