import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { GlobalFonts } from '@napi-rs/canvas'

/** The product's own letters, so that a picture is the same on every machine and Chinese never becomes boxes. */
const FAMILY = 'Gridwatch'
const SCRIPTS = ['latin', 'chinese-simplified'] as const
const require = createRequire(import.meta.url)

/** A canvas font of that size; `weight` 600 for what is read first. */
export function font(sizePx: number, weight: 400 | 600 = 400): string {
  return `${sizePx}px ${SCRIPTS.map(script => `"${registered(script, weight)}"`).join(', ')}`
}

/** Once for the whole process: every thread draws with the same letters. */
function registered(script: (typeof SCRIPTS)[number], weight: number): string {
  const family = `${FAMILY} ${script} ${weight}`
  if (!GlobalFonts.has(family)) {
    const file = require.resolve(`@fontsource/noto-sans-sc/files/noto-sans-sc-${script}-${weight}-normal.woff2`)
    GlobalFonts.register(readFileSync(file), family)
  }
  return family
}
