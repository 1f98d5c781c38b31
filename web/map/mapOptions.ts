import type { MapOptions } from 'maplibre-gl'
import { MOST_CANVAS_PX } from './glLimit.ts'

/** A flat map that always points north, one world wide, on which nothing fades. */
export const FLAT_MAP = {
  maxCanvasSize: [MOST_CANVAS_PX, MOST_CANVAS_PX],
  attributionControl: false,
  renderWorldCopies: false,
  fadeDuration: 0,
  dragRotate: false,
  pitchWithRotate: false,
  touchPitch: false,
  maxPitch: 0,
} satisfies Partial<MapOptions>
