import { fileURLToPath } from 'node:url'

/** Where the mirror of a store lies: beside its file, or in var/ where the store is elsewhere. */
export function mirrorFile(databaseUrl: string): string {
  if (!databaseUrl.startsWith('file:')) return 'var/gridwatch.heat'
  const file = databaseUrl.startsWith('file:///') ? fileURLToPath(databaseUrl) : databaseUrl.slice('file:'.length)
  return `${file}.heat`
}
