/** How large a type is in the eye of who stands before the wall. */
import type { Profile } from './profile.ts'

/** The tokens of styles/tokens.css in units (px on a wall of 1080 lines), and from how far each is meant to be read. */
export const TYPE_TOKENS = [
  { name: 'fs-display', units: 36, tierM: 8 },
  { name: 'fs-h1', units: 28, tierM: 6 },
  { name: 'fs-h2', units: 24, tierM: 5 },
  { name: 'fs-body', units: 22, tierM: 5 },
  { name: 'fs-sub', units: 18, tierM: 4 },
  { name: 'fs-note', units: 16, tierM: 3 },
  { name: 'fs-min', units: 14, tierM: 3 },
] as const
/** The floor for whatever needs action. */
const FLOOR_UNITS = 22
export const WALL_KS = [1, 1.25, 1.5] as const

const LEAST_K = 0.75
const MOST_K = 1.5

export const LATIN_ARC = 10
export const CJK_ARC = 17
const X_HEIGHT_EM = 0.546 // of Inter
const CJK_EM = 0.92 // the body of a Chinese character
const MM_PER_ARC_MINUTE_AND_M = 0.291

export type Legible = {
  readonly latin: number
  readonly cjk: number
  readonly isShort: boolean
  readonly reachM: number
}

/** Arc minutes of a type of so many millimetres, and from how far it can be read. */
export function legible(emMm: number, distanceM: number): Legible {
  const arc = (mm: number) => mm / (MM_PER_ARC_MINUTE_AND_M * distanceM)
  const [latin, cjk] = [arc(emMm * X_HEIGHT_EM), arc(emMm * CJK_EM)]
  const share = Math.min(latin / LATIN_ARC, cjk / CJK_ARC)
  return { latin, cjk, isShort: share < 1, reachM: distanceM * share }
}

/** One unit of a wall of so many signal lines, in millimetres. */
export const mmPerUnit = (pitchMm: number, signalLines: number): number => (pitchMm * signalLines) / 1080

/** How much larger than planned everything is drawn: as declared, or the smallest step that keeps the floor. */
export function wallK({ k, distanceM, pitchMm }: Profile, signalLines: number): number {
  // Whoever declares it has looked at the wall; below the least a line of type is no longer letters.
  if (k !== null) return Math.min(MOST_K, Math.max(LEAST_K, k))
  if (distanceM === null || pitchMm === null) return 1
  const em = FLOOR_UNITS * mmPerUnit(pitchMm, signalLines)
  return WALL_KS.find(step => !legible(em * step, distanceM).isShort) ?? 1.5
}
