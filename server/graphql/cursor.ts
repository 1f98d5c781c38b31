import type { Place } from '../incidents/listIncidents.ts'
import { Refusal } from './refusal.ts'

/** Where a page ended. Opaque to clients: only what `endCursor` gave comes back as `after`. */
export function cursorOf({ firstAt, id }: Place): string {
  return Buffer.from(`${firstAt} ${id}`).toString('base64url')
}

export function placeOf(cursor: string): Place {
  const parts = /^(-?\d+) (.+)$/s.exec(Buffer.from(cursor, 'base64url').toString())
  const [, firstAt, id] = parts ?? []
  if (firstAt === undefined || id === undefined) {
    throw new Refusal('BAD_INPUT', { en: 'after is not an endCursor', zh: 'after 不是有效的 endCursor' })
  }
  return { firstAt: Number(firstAt), id }
}
