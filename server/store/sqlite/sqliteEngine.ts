/** SQLite: one writing connection, reads on connections of their own, each with its own snapshot. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { migrate } from '../migrate.ts'
import {
  CommitFailed,
  type Engine,
  type Parameter,
  type Reader,
  type Row,
  type Step,
  type Steps,
  Unavailable,
} from '../steps.ts'

/** Another process may hold the file, for a large import. */
export const BUSY_TIMEOUT_MS = 30_000
/** SQLite's own waiting stops the event loop and backs off to 100 ms; a writer that asks often finds the gaps. */
const RETRY_MS = 2
const SYNCHRONOUS_FULL = 2
const IDLE_READERS = 8

/** Brings the tables up to date, unless the caller knows that they are. */
export function openSqliteEngine(
  file: string,
  { busyTimeoutMs = BUSY_TIMEOUT_MS, isUpToDate = false }: { busyTimeoutMs?: number; isUpToDate?: boolean } = {},
): Engine {
  const isMemory = file === ':memory:' || file === ''
  if (!isMemory) mkdirSync(dirname(file), { recursive: true })
  const writer = connect(file, false)
  const idle: Connection[] = []
  const open = new Set<Connection>([writer])

  function borrow(): Connection {
    // A database in memory lives in its one connection. Steps run in one go, so reads never see half a transaction.
    if (isMemory) return writer
    const connection = idle.pop() ?? connect(file, true)
    open.add(connection)
    return connection
  }
  function giveBack(connection: Connection): void {
    if (connection === writer) return
    if (idle.length < IDLE_READERS && connection.database.open && !connection.database.inTransaction)
      idle.push(connection)
    else {
      open.delete(connection)
      connection.database.close()
    }
  }

  try {
    if (!isUpToDate) writer.transaction(() => migrate(new URL('./migrations', import.meta.url)))
  } catch (error) {
    writer.database.close()
    throw error
  }
  writer.database.pragma('busy_timeout = 1')
  return {
    async transaction(steps) {
      const giveUpAt = performance.now() + busyTimeoutMs
      for (;;) {
        try {
          return writer.transaction(steps)
        } catch (error) {
          if (!isBusy(error)) throw isOfTheFile(error) ? unavailable(error) : error
          if (performance.now() >= giveUpAt) throw unavailable(error)
          await setTimeout(RETRY_MS)
        }
      }
    },
    async read(steps) {
      const connection = borrow()
      try {
        return connection.run(steps)
      } finally {
        giveBack(connection)
      }
    },
    async openReader() {
      const connection = borrow()
      try {
        return snapshotOf(connection, giveBack, isMemory)
      } catch (error) {
        giveBack(connection)
        throw error
      }
    },
    async close() {
      // The one that may write goes last: it puts the write-ahead log back into the file and removes it.
      for (const connection of [...open].reverse()) connection.database.close()
    },
  }
}

function snapshotOf(connection: Connection, giveBack: (connection: Connection) => void, isMemory: boolean): Reader {
  if (!isMemory) connection.beginRead()
  let isClosed = false
  return {
    async run(steps) {
      if (isClosed) throw new Error('This snapshot was closed.')
      return connection.run(steps)
    },
    async close() {
      if (isClosed) return
      isClosed = true
      try {
        if (!isMemory && connection.database.open) connection.endRead()
      } finally {
        giveBack(connection)
      }
    },
  }
}

type Connection = {
  readonly database: Database.Database
  /** From here to `endRead` every read sees the same instant. */
  beginRead(): void
  endRead(): void
  run<T>(steps: Steps<T>): T
  transaction<T>(steps: () => Steps<T>): T
}

function connect(file: string, readonly: boolean): Connection {
  const database = new Database(file, { readonly, timeout: BUSY_TIMEOUT_MS })
  if (!readonly) {
    database.pragma('journal_mode = WAL')
    database.pragma('foreign_keys = ON')
    // Ids are random, so every commit touches pages all over: keep them at hand, and copy them back less often.
    database.pragma('cache_size = -65536') // KiB
    database.pragma('wal_autocheckpoint = 4000') // pages, 16 MB
  }
  // The driver is built to fall back to NORMAL with WAL unless told otherwise: told here, asserted with every transaction.
  database.pragma('synchronous = FULL')
  const synchronous = database.prepare('pragma synchronous').pluck()
  const begin = database.prepare('begin immediate')
  const commit = database.prepare('commit')
  const statements = new Map<string, Database.Statement<unknown[], Row>>()

  function prepare(sql: string): Database.Statement<unknown[], Row> {
    let statement = statements.get(sql)
    if (!statement) {
      statement = database.prepare<unknown[], Row>(translate(sql))
      if (statement.reader) statement.raw()
      statements.set(sql, statement)
    }
    return statement
  }

  function execute(step: Step): readonly Row[] {
    if (step.kind === 'query') {
      const statement = prepare(withoutListsOfOne(step.sql, step.parameters))
      const parameters = step.parameters.map(bindable)
      if (statement.reader) return statement.all(...parameters)
      statement.run(...parameters)
      return []
    }
    const places = step.rows[0]?.map(() => '?').join(', ')
    const statement = prepare(`${step.head} (${places}) ${step.tail}`)
    if (statement.reader) return step.rows.flatMap(row => statement.all(...row))
    for (const row of step.rows) statement.run(...row)
    return []
  }

  function run<T>(steps: Steps<T>): T {
    let next = steps.next([])
    while (!next.done) next = steps.next(execute(next.value))
    return next.value
  }

  return {
    database,
    beginRead() {
      prepare('begin').run()
      prepare('select position from log_head').get() // the snapshot is taken by the first read
    },
    endRead() {
      commit.run()
    },
    run,
    transaction(steps) {
      begin.run()
      try {
        if (synchronous.get() !== SYNCHRONOUS_FULL) throw new Error('SQLite would not wait for the disk.')
        const result = run(steps())
        confirm(commit)
        return result
      } catch (error) {
        if (database.inTransaction) database.exec('rollback')
        throw error
      }
    },
  }
}

/** The write lock is taken first, so nothing was done when this comes. */
function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

/** What no task causes and the next one would meet as well. */
const OF_THE_FILE = [
  'BUSY',
  'LOCKED',
  'IOERR',
  'FULL',
  'CORRUPT',
  'NOTADB',
  'CANTOPEN',
  'READONLY',
  'NOMEM',
  'PROTOCOL',
]

function isOfTheFile(error: unknown): boolean {
  return error instanceof Database.SqliteError && OF_THE_FILE.includes(error.code.split('_')[1] ?? '')
}

function unavailable(error: unknown): Unavailable {
  return new Unavailable('The database file cannot be written now.', { cause: error })
}

function confirm(commit: Database.Statement): void {
  try {
    commit.run()
  } catch (error) {
    throw new CommitFailed('The disk did not take the transaction.', { cause: error })
  }
}

function bindable(parameter: Parameter): null | number | string {
  if (typeof parameter !== 'object' || parameter === null) return parameter
  const [only] = parameter
  return parameter.length === 1 && only !== undefined ? only : JSON.stringify(parameter)
}

const LIST = '= any(?)'

/** A list of one is the common case (one command, one worker), and as an equation takes half the time. */
function withoutListsOfOne(sql: string, parameters: readonly Parameter[]): string {
  if (!sql.includes(LIST)) return sql
  const lists = parameters.filter(parameter => typeof parameter === 'object' && parameter !== null).values()
  return sql.replaceAll(LIST, list => (lists.next().value?.length === 1 ? '= ?' : list))
}

function translate(sql: string): string {
  return sql
    .replaceAll('= any(?)', 'in (select value from json_each(?))')
    .replaceAll(' ilike ', ' like ')
    .replaceAll(' for update', '')
}
