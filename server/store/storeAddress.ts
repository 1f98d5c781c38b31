import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The absolute path of a store's file; null where it lies in no file: PostgreSQL, memory. */
export function storeFile(url: string): string | null {
  if (!url.startsWith('file:') || url === 'file::memory:') return null
  return url.startsWith('file:///') ? fileURLToPath(url) : resolve(url.slice('file:'.length))
}

/** A store as a message names it: a file from the root on, a server without its password. */
export function storeName(url: string): string {
  const file = storeFile(url)
  return file === null ? withoutPassword(url) : `file:${file}`
}

export function withoutPassword(url: string): string {
  return url.replace(/:\/\/[^@/]*@/, '://…@')
}
