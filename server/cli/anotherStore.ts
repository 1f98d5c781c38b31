import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { storeFile } from '../store/storeAddress.ts'

/** A URL to type for a store of its own: of a file that is not there yet, nor the one at hand. */
export function anotherStore(databaseUrl: string, isThere = existsSync): string {
  for (let n = 1; ; n++) {
    const file = `var/city${n === 1 ? '' : `-${n}`}.db`
    if (resolve(file) !== storeFile(databaseUrl) && !isThere(file)) return `file:${file}`
  }
}
