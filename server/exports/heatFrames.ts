import { zipSync } from 'fflate'
import { ZIP_EPOCH } from './bundle.ts'
import { heatGrid } from './heatGrid.ts'
import { zonedText } from './layer.ts'
import type { Material } from './material.ts'
import { heatPicture } from './picture/heatPicture.ts'
import { worldFile } from './picture/worldFile.ts'
import { PRODUCT } from './product.ts'
import type { OnProgress, Rendered } from './rendered.ts'

/** A playback as numbered pictures of one size, one scale of colours and one place, with a manifest; a video is any encoder's work. */
export function heatFrames(material: Material, onProgress: OnProgress): Rendered {
  const { frames, request, timezone } = material
  const { bandwidthM, unit } = request
  const parts: { [name: string]: Uint8Array } = {}
  const listed: object[] = []
  let ground: Uint8Array | null = null
  const isHidden = hidesCounts(material)
  for (const [i, frame] of frames.entries()) {
    const { from, to, counts } = frame
    const { grid } = heatGrid(material, frame, null)
    const n = isHidden ? null : counts.n
    const picture = heatPicture(material, { grid, from, to, n })
    ground ??= worldFile(picture.view)
    const name = `frame-${String(i + 1).padStart(4, '0')}`
    parts[`${name}.png`] = picture.png
    parts[`${name}.pgw`] = ground
    listed.push({ file: `${name}.png`, from: zonedText(from, timezone), to: zonedText(to, timezone), n })
    onProgress((i + 1) / frames.length)
  }
  const scale = { unit, bandwidthM, classes: request.classes, crs: `EPSG:${material.systemCode}` }
  const manifest = { product: PRODUCT, ...scale, frames: listed }
  parts['manifest.json'] = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`, 'utf8')
  // Pictures are as small as they get: packing them again would only take time.
  const bytes = zipSync(parts, { mtime: ZIP_EPOCH, level: 0 })
  return { files: [{ suffix: '', bytes }], facts: { frames: frames.length } }
}

/** Frames add up to the whole: one that is held back could be had from the others, and all of them from a whole that is. */
function hidesCounts({ frames, n, request: { k } }: Material): boolean {
  return k > 1 && (n === null || frames.some(({ counts }) => counts.n > 0 && counts.n < k))
}
