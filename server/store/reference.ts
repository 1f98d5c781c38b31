/** The rows that are not the log. Every change raises the revision in its own transaction. */
import type { Policy } from '#domain/sla/policy.ts'
import { canonicalJson } from './eventHash.ts'
import type { Json, Reference } from './eventStore.ts'
import { recountAreas } from './rebuild.ts'
import { insert, query, type Steps } from './steps.ts'
import {
  areas,
  categories,
  devices,
  exportRecords,
  looks,
  pairings,
  policies,
  type Table,
  tokens,
  workers,
} from './tables.ts'

type Read = <T>(steps: Steps<T>) => Promise<T>
type Write = <T>(steps: () => Steps<T>) => Promise<T>

export function referenceOver(read: Read, write: Write): Reference {
  const all = <T>(table: Table<T>, order: string) => read(readAll(table, order))
  const put = <T>(table: Table<T>, rows: readonly T[]) =>
    write(function* () {
      yield* insert(table.insertHead, table.upsertTail, rows.map(table.encode))
      yield* raiseRevision()
    })
  return {
    areas: () => all(areas, 'code, valid_from'),
    putAreas: rows => put(areas, rows),
    categories: () => all(categories, 'id'),
    putCategories: rows => put(categories, rows),
    policies: () => all(policies, 'id, version'),
    putPolicies: rows => write(() => publishPolicies(rows)),
    workers: () => all(workers, 'id'),
    putWorkers: rows => put(workers, rows),
    devices: () => all(devices, 'key, valid_from'),
    putDevices: rows => put(devices, rows),
    tokens: () => all(tokens, 'created_at, id'),
    tokenByHash: async hash =>
      (await read(query(`select ${tokens.list} from tokens where hash = ?`, hash))).map(tokens.decode)[0] ?? null,
    putToken: row => put(tokens, [row]),
    revokeToken: (id, at) => write(() => revokeToken(id, at)),
    putPairing: (row, now) => write(() => putPairing(row, now)),
    takePairing: (code, now) => write(() => takePairing(code, now)),
    recordLook: row => write(() => insert(looks.insertHead, '', [looks.encode(row)])).then(() => {}),
    looks: async worker => {
      const sql = `select ${looks.list} from looks where worker = ? order by at desc, id`
      return (await read(query(sql, worker))).map(looks.decode)
    },
    recordExport: row => write(() => insert(exportRecords.insertHead, '', [exportRecords.encode(row)])).then(() => {}),
    exportRecords: async limit => {
      const sql = `select ${exportRecords.list} from export_records order by at desc, id limit ?`
      return (await read(query(sql, limit))).map(exportRecords.decode)
    },
    settings: () => read(readSettings()),
    putSetting: (key, value) => write(() => putSetting(key, value)),
    revision: async () => (await read(query('select revision from reference_revision where id = 1')))[0]?.[0] as number,
  }
}

function* readAll<T>(table: Table<T>, order: string): Steps<T[]> {
  return (yield* query(`select ${table.list} from ${table.name} order by ${order}`)).map(table.decode)
}

function* raiseRevision(): Steps<void> {
  yield* query('update reference_revision set revision = revision + 1 where id = 1')
}

function* publishPolicies(rows: readonly Policy[]): Steps<void> {
  const known = new Map(
    (yield* readAll(policies, 'id, version')).map(policy => [`${policy.id}@${policy.version}`, policy]),
  )
  const fresh: Policy[] = []
  for (const row of rows) {
    const key = `${row.id}@${row.version}`
    const before = known.get(key)
    if (!before) fresh.push(row)
    else if (!isEqual(before, row))
      throw new Error(`Version ${row.version} of policy ${row.id} exists and cannot change; publish a new version.`)
    known.set(key, row)
  }
  if (fresh.length === 0) return
  yield* insert(policies.insertHead, '', fresh.map(policies.encode))
  yield* raiseRevision()
}

/** The order of the clocks counts: it is the policy's order. */
function isEqual(a: Policy, b: Policy): boolean {
  return canonicalJson(a) === canonicalJson(b) && Object.keys(a.clocks).join() === Object.keys(b.clocks).join()
}

function* revokeToken(id: string, at: number): Steps<boolean> {
  const revoked = yield* query(
    'update tokens set revoked_at = ? where id = ? and revoked_at is null returning id',
    at,
    id,
  )
  if (revoked.length === 0) return false
  yield* raiseRevision()
  return true
}

function* putPairing(row: Parameters<Reference['putPairing']>[0], now: number): Steps<void> {
  yield* query('delete from pairings where expires_at <= ?', now)
  yield* insert(pairings.insertHead, pairings.upsertTail, [pairings.encode(row)])
}

function* takePairing(code: string, now: number): Steps<{ readonly hash: string } | null> {
  yield* query('delete from pairings where expires_at <= ?', now)
  const [row] = yield* query('delete from pairings where code = ? returning hash', code)
  return row ? { hash: row[0] as string } : null
}

function* readSettings(): Steps<{ [key: string]: Json }> {
  const rows = yield* query('select key, value from settings order by key')
  return Object.fromEntries(rows.map(([key, value]) => [key as string, JSON.parse(value as string) as Json]))
}

function* putSetting(key: string, value: Json): Steps<void> {
  const tail = 'on conflict (key) do update set value = excluded.value'
  yield* insert('insert into settings (key, value) values', tail, [[key, JSON.stringify(value)]])
  yield* raiseRevision()
  if (key === 'timezone') yield* recountAreas() // the days are days of this zone
}
