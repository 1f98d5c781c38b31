import { randomBytes, randomUUIDv7 } from 'node:crypto'
import type { App } from './app.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { type ProcessTime, processTime } from './processTime.ts'
import { referenceCache } from './reference.ts'
import { CannotOpen } from './store/cannotOpen.ts'
import { openStore } from './store/openStore.ts'
import { storeName } from './store/storeAddress.ts'

export type OpenApp = App & { readonly config: Config; readonly time: ProcessTime }

const wallTime = () => processTime({ wall: Date.now, monotonic: () => performance.now() })

/** The clock of a demo store: `speed` times as fast, and never behind what was recorded in it at a higher speed before. */
export function simulatedTime(speed: number, lastRecordedAt: number): ProcessTime {
  const ahead = Math.max(0, lastRecordedAt - Date.now())
  return processTime({ wall: () => Date.now() + ahead, monotonic: () => performance.now() }, speed)
}

/** Chance in hand: asking the system for sixteen bytes costs more than what is done with them. */
let chance = Buffer.alloc(0)
function randomHex(bytes: number): string {
  if (chance.length < bytes) chance = randomBytes(Math.max(bytes, 4096))
  const taken = chance.toString('hex', 0, bytes)
  chance = chance.subarray(bytes)
  return taken
}

/** The composition root of every command: the only place where the machine's clock and chance are taken. */
export async function openApp(env: { readonly [name: string]: string | undefined }): Promise<OpenApp> {
  const config = readConfig(env)
  const time = wallTime()
  const store = await openStore(config.databaseUrl).catch(error => refused(config.databaseUrl, error))
  return {
    config,
    store,
    time,
    reference: referenceCache(store, () => performance.now()),
    // Ids that rise with time lie side by side in every index, so that a commit touches fewer pages.
    random: { uuid: () => randomUUIDv7(), hex: randomHex },
    log: (line, detail) => process.stderr.write(`${line}${detail === undefined ? '' : ` ${JSON.stringify(detail)}`}\n`),
  }
}

function refused(databaseUrl: string, error: unknown): never {
  if (!(error instanceof CannotOpen)) throw error
  throw new ConfigError(
    `GRIDWATCH_DATABASE_URL names ${storeName(databaseUrl)}, which cannot be opened: ${error.message.replace(/\.$/, '')}; make it reachable, or set another: file:PATH or postgres://…`,
  )
}
