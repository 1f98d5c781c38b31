/** The box that counts are asked for. It belongs to the area and the kernel, never to the screen. */
import type { Bbox } from '#domain/geo/bbox.ts'
import { latAt, lngAt, metresPerWorld, worldX, worldY } from '#domain/geo/mercator.ts'

const REACH = 4 // bandwidths; beyond it the kernel is cut

/** The area's box and as much around it as a kernel reaches: what lies just outside spreads into it. */
export function paddedBox([west, south, east, north]: Bbox, bandwidthM: number): Bbox {
  const pad = (REACH * bandwidthM) / metresPerWorld(Math.max(Math.abs(south), Math.abs(north)))
  const round = (degrees: number) => Number(degrees.toFixed(6)) // the same address for the same box
  return [
    round(lngAt(worldX(west) - pad)),
    round(latAt(worldY(south) + pad)),
    round(lngAt(worldX(east) + pad)),
    round(latAt(worldY(north) - pad)),
  ]
}
