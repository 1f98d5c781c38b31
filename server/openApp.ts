import { randomBytes, randomUUID } from 'node:crypto'
import type { App, Time } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { processTime } from './processTime.ts'
import { referenceCache } from './reference.ts'
import { openStore } from './store/openStore.ts'

export type OpenApp = App & { readonly config: Config }

/** The composition root of every command: the only place where the machine's clock and chance are taken. */
export async function openApp(
  env: { readonly [name: string]: string | undefined },
  time: Time = processTime({ wall: Date.now, monotonic: () => performance.now() }),
): Promise<OpenApp> {
  const config = readConfig(env)
  const store = await openStore(config.databaseUrl, { now: time.now })
  return {
    config,
    store,
    time,
    reference: referenceCache(store, () => performance.now()),
    random: { uuid: randomUUID, hex: bytes => randomBytes(bytes).toString('hex') },
    log: (line, detail) => process.stderr.write(`${line}${detail === undefined ? '' : ` ${JSON.stringify(detail)}`}\n`),
  }
}
