/**
 * The rows of one store written into the same tables of another by prepared inserts, in as many transactions of equal
 * size: what SQLite itself takes. Reading the rows is not timed.
 */
import Database from 'better-sqlite3'
import { tell } from '../harness/child.ts'

export type Written = { readonly rows: number; readonly tookMs: number; readonly cpuMs: number }
type Row = readonly unknown[]

/** In the order in which the store writes them, with the incident that a row belongs to. */
const TABLES = [
  { name: 'events', incident: 'substr(stream, 10)' },
  { name: 'commands', incident: 'substr(stream, 10)' },
  { name: 'personal', incident: 'subject' },
  { name: 'incidents', incident: 'id' },
  { name: 'incident_areas', incident: 'incident' },
  { name: 'clocks', incident: 'incident' },
  { name: 'area_counts', incident: "''" },
]
const SYNCHRONOUS_FULL = 2

const [from = '', to = '', transactions = '1'] = process.argv.slice(2)
const source = new Database(from, { readonly: true })
const target = new Database(to)
target.pragma('journal_mode = WAL')
target.pragma('foreign_keys = ON')
target.pragma('synchronous = FULL')
// As the store's own connection has them.
target.pragma('cache_size = -65536')
target.pragma('wal_autocheckpoint = 4000')
if (target.pragma('synchronous', { simple: true }) !== SYNCHRONOUS_FULL)
  throw new Error('it would not wait for the disk')

const tables = TABLES.map(({ name, incident }) => {
  const columns = target.prepare(`select name from pragma_table_info('${name}')`).pluck().all() as string[]
  const order = name === 'events' ? ' order by position' : ''
  const select = source.prepare(`select ${columns.join(', ')}, ${incident} from ${name}${order}`).raw()
  const rows = Map.groupBy(select.iterate() as Iterable<unknown[]>, row => row.pop() as string)
  const insert = target.prepare(
    `insert into ${name} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
  )
  return { insert, rows }
})
const incidents = source.prepare('select id from incidents order by position').pluck().all() as string[]
source.close()

const size = Math.ceil(incidents.length / Number(transactions))
const batches: Row[][][] = []
for (let begin = 0; begin < incidents.length; begin += size) {
  const ids = incidents.slice(begin, begin + size)
  if (begin + size >= incidents.length) ids.push('')
  batches.push(tables.map(({ rows }) => ids.flatMap(id => rows.get(id) ?? [])))
}

const cpu = process.cpuUsage()
const begun = performance.now()
for (const batch of batches)
  target.transaction(() => {
    for (const [i, { insert }] of tables.entries()) for (const row of batch[i] ?? []) insert.run(...row)
  })()
const tookMs = performance.now() - begun
const { user, system } = process.cpuUsage(cpu)
const rows = batches.flat().reduce((sum, { length }) => sum + length, 0)
target.close()
const written: Written = { rows, tookMs, cpuMs: (user + system) / 1000 }
process.once('SIGTERM', () => process.exit(0))
process.once('disconnect', () => process.exit(0))
tell(written)
