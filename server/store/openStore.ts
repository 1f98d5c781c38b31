import { fileURLToPath } from 'node:url'
import { cannotOpen } from './cannotOpen.ts'
import type { EventStore } from './eventStore.ts'
import { openPostgresEngine } from './postgres/postgresEngine.ts'
import { openSqlStore, type StoreOptions } from './sqlEventStore.ts'
import { openSqliteEngine } from './sqlite/sqliteEngine.ts'
import { threadWriter } from './sqlite/threadWriter.ts'

/** Opens the store and brings its tables up to date. `file:path`, `:memory:` or `postgres://…`. Throws `CannotOpen`. */
export async function openStore(url: string, options: StoreOptions = {}): Promise<EventStore> {
  try {
    return await open(url, options)
  } catch (error) {
    throw cannotOpen(error)
  }
}

async function open(url: string, options: StoreOptions): Promise<EventStore> {
  if (/^postgres(ql)?:\/\//.test(url)) return openSqlStore(await openPostgresEngine(url), options)
  const file = url.startsWith('file:///') ? fileURLToPath(url) : url.replace(/^file:/, '')
  if (!url.startsWith('file:') && url !== ':memory:')
    throw new Error(`The database URL has to begin with file: or postgres://, not ${url.replace(/:\/\/.*/, '://…')}`)
  const engine = openSqliteEngine(file)
  // A database in memory lies in this thread's one connection.
  return openSqlStore(engine, file === ':memory:' ? options : { writer: threadWriter(file), ...options })
}
