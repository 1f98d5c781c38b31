/** Applies the migrations that drizzle-kit wrote, forward only, in one transaction that waits for others doing the same. */
import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { FIRST_PREVIOUS_HASH } from './eventHash.ts'
import { query, type Steps } from './steps.ts'

export function* migrate(folder: URL): Steps<void> {
  const migrations = readMigrationFiles({ migrationsFolder: fileURLToPath(folder) })
  yield* query('create table if not exists migrations (hash text primary key, position integer not null)')
  const applied = (yield* query('select hash from migrations order by position')).map(([hash]) => hash)
  const known = migrations.map(({ hash }) => hash)
  if (applied.some((hash, i) => hash !== known[i]))
    throw new Error(
      'The store was made by a newer or another version of Gridwatch: its tables are not those of this one.',
    )
  for (const [i, { sql, hash }] of migrations.entries()) {
    if (i < applied.length) continue
    for (const statement of sql) yield* query(statement)
    yield* query('insert into migrations (hash, position) values (?, ?)', hash, i)
  }
  const head = 'insert into log_head (id, position, hash, recorded_at) values (1, 0, ?, 0) on conflict do nothing'
  yield* query(head, FIRST_PREVIOUS_HASH)
  yield* query('insert into reference_revision (id, revision) values (1, 0) on conflict do nothing')
}
