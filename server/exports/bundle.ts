import { zipSync } from 'fflate'
import type { RenderedFile } from './rendered.ts'

/** The date of every part: the bytes must not tell when they were packed. */
const ZIP_EPOCH = new Date(1980, 0, 1)

/** What has companions (a world file, say) travels as one zip; anything else as it is. */
export function bundled(
  name: string,
  files: readonly RenderedFile[],
): { readonly name: string; readonly bytes: Uint8Array; readonly isZip: boolean } {
  const [only] = files
  if (only !== undefined && files.length === 1) return { name, bytes: only.bytes, isZip: false }
  const parts = Object.fromEntries(files.map(({ suffix, bytes }) => [companion(name, suffix), bytes]))
  return { name: `${name}.zip`, bytes: zipSync(parts, { mtime: ZIP_EPOCH, level: 0 }), isZip: true }
}

/** `.aux.xml` follows the whole name; `~pgw` stands in for its ending, as readers of world files expect. */
export function companion(name: string, suffix: string): string {
  return suffix.startsWith('~') ? `${name.replace(/\.[^.]+$/, '')}.${suffix.slice(1)}` : `${name}${suffix}`
}
