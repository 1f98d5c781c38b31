/** PostgreSQL: transactions on pooled connections; writers of all nodes take turns at the counter row. */
import pg from 'pg'
import { migrate } from '../migrate.ts'
import {
  CommitFailed,
  type Engine,
  type Parameter,
  type Row,
  type Step,
  type Steps,
  Unavailable,
  type Value,
} from '../steps.ts'

const MIGRATION_LOCK = 4_600_001 // any number that all versions of Gridwatch agree on
const CONNECT_TIMEOUT_MS = 10_000 // also the longest wait for one of the pool
const MAX_PARAMETERS = 30_000 // the protocol counts them in 16 bits

export async function openPostgresEngine(url: string): Promise<Engine> {
  // Instants and counts fit a double: what PostgreSQL sends as text for bigint is read as a number.
  const types = {
    getTypeParser: (oid: number, format?: 'text') => (oid === 20 ? Number : pg.types.getTypeParser(oid, format)),
  }
  const pool = new pg.Pool({
    connectionString: url,
    max: 20,
    types: types as pg.CustomTypesConfig,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  })
  pool.on('error', () => {}) // an idle connection that breaks is replaced; whoever uses one gets the error itself

  async function transaction<T>(before: string, steps: () => Steps<T>): Promise<T> {
    const client = await pool.connect().catch(unavailable)
    // The pool hears the errors of idle clients only; a query that meets one tells it itself.
    client.on('error', ignore)
    let broken: Error | undefined
    try {
      await client.query('begin').catch(unavailable)
      await client.query(before).catch(unavailable)
      const result = await run(client, steps())
      await commit(client)
      return result
    } catch (error) {
      if (error instanceof CommitFailed) broken = error
      else await client.query('rollback').catch((rollback: Error) => (broken = rollback))
      throw error
    } finally {
      client.off('error', ignore)
      client.release(broken)
    }
  }

  try {
    const lock = `select pg_advisory_xact_lock(${MIGRATION_LOCK})`
    await transaction(lock, () => migrate(new URL('./migrations', import.meta.url)))
  } catch (error) {
    await pool.end()
    throw error
  }
  return {
    transaction: steps => transaction('select 1 from log_head where id = 1 for update', steps),
    read: steps => run(pool, steps),
    async openReader() {
      const client = await pool.connect().catch(unavailable)
      client.on('error', ignore)
      const release = (error?: Error) => {
        client.off('error', ignore)
        client.release(error)
      }
      try {
        await client.query('begin isolation level repeatable read read only')
        await client.query('select position from log_head') // the snapshot is taken by the first read
      } catch (error) {
        release(error instanceof Error ? error : new Error(String(error)))
        throw error
      }
      let isClosed = false
      return {
        async run(steps) {
          if (isClosed) throw new Error('This snapshot was closed.')
          return run(client, steps)
        },
        async close() {
          if (isClosed) return
          isClosed = true
          await client.query('commit').then(
            () => release(),
            (error: Error) => release(error),
          )
        },
      }
    },
    close: () => pool.end(),
  }
}

async function commit(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('commit')
  } catch (error) {
    throw new CommitFailed('The database did not confirm the transaction.', { cause: error })
  }
}

function ignore(): void {}

function unavailable(error: unknown): never {
  // Where a name has several addresses, what failed at each of them is told only inside.
  const [first = error] = error instanceof AggregateError ? error.errors : []
  const why = first instanceof Error ? first.message : String(first)
  throw new Unavailable(`The database does not answer: ${why}`, { cause: error })
}

/** Classes of SQLSTATE that a statement or its values cause: data, integrity, syntax and limits. */
const OF_ONE_TASK = /^(22|23|42|54)/

/** Passes on what one task can have caused; anything else meets the next one as well. */
function ofOneTask(error: unknown): never {
  if (error instanceof pg.DatabaseError && OF_ONE_TASK.test(error.code ?? '')) throw error
  return unavailable(error)
}

async function run<T>(client: pg.PoolClient | pg.Pool, steps: Steps<T>): Promise<T> {
  let next = steps.next([])
  while (!next.done) next = steps.next(await execute(client, next.value))
  return next.value
}

async function execute(client: pg.PoolClient | pg.Pool, step: Step): Promise<readonly Row[]> {
  const ask = async (text: string, values: readonly Parameter[]): Promise<Row[]> => {
    const config: pg.QueryArrayConfig = { text: numbered(text), values: [...values], rowMode: 'array' }
    return (await client.query<Value[]>(config).catch(ofOneTask)).rows
  }
  if (step.kind === 'query') return ask(step.sql, step.parameters)
  const width = step.rows[0]?.length ?? 1
  const rowPlaces = `(${Array(width).fill('?').join(', ')})`
  const atOnce = Math.floor(MAX_PARAMETERS / width)
  const answers: Row[] = []
  for (let i = 0; i < step.rows.length; i += atOnce) {
    const rows = step.rows.slice(i, i + atOnce)
    answers.push(...(await ask(`${step.head} ${rows.map(() => rowPlaces).join(', ')} ${step.tail}`, rows.flat())))
  }
  return answers
}

function numbered(sql: string): string {
  let count = 0
  return sql.replace(/\?/g, () => `$${++count}`)
}
