import { randomBytes, randomUUID } from 'node:crypto'
import type { App } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { type ProcessTime, processTime } from './processTime.ts'
import { referenceCache } from './reference.ts'
import { openStore } from './store/openStore.ts'

export type OpenApp = App & { readonly config: Config; readonly time: ProcessTime }

const wallTime = () => processTime({ wall: Date.now, monotonic: () => performance.now() })

/** The clock of a demo store: `speed` times as fast, and never behind what was recorded in it at a higher speed before. */
export function simulatedTime(speed: number, lastRecordedAt: number): ProcessTime {
  const ahead = Math.max(0, lastRecordedAt - Date.now())
  return processTime({ wall: () => Date.now() + ahead, monotonic: () => performance.now() }, speed)
}

/** The composition root of every command: the only place where the machine's clock and chance are taken. */
export async function openApp(env: { readonly [name: string]: string | undefined }): Promise<OpenApp> {
  const config = readConfig(env)
  const time = wallTime()
  const store = await openStore(config.databaseUrl)
  return {
    config,
    store,
    time,
    reference: referenceCache(store, () => performance.now()),
    random: { uuid: randomUUID, hex: bytes => randomBytes(bytes).toString('hex') },
    log: (line, detail) => process.stderr.write(`${line}${detail === undefined ? '' : ` ${JSON.stringify(detail)}`}\n`),
  }
}
