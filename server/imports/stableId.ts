import { hash } from 'node:crypto'

/** The same parts give the same UUID (version 8: made from a hash) on every machine, so a repeated import repeats nothing. */
export function stableUuid(...parts: readonly string[]): string {
  const hex = sha256Hex(JSON.stringify(parts))
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export function sha256Hex(text: string): string {
  return hash('sha256', text)
}
