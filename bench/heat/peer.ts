/** DuckDB with the same rows in memory, on two threads. */
import { type DuckDBConnection, DuckDBInstance, type DuckDBMaterializedResult } from '@duckdb/node-api'

export type Peer = {
  readonly version: string
  ask(sql: string): Promise<DuckDBMaterializedResult>
  close(): void
}

export async function openPeer(csvFile: string): Promise<Peer> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection: DuckDBConnection = await instance.connect()
  const columns = {
    began: 'BIGINT',
    x: 'UINTEGER',
    y: 'UINTEGER',
    grid: 'USMALLINT',
    category: 'UTINYINT',
    source: 'UTINYINT',
    tier: 'UTINYINT',
    respond: 'UTINYINT',
    hour: 'UTINYINT',
    weekday: 'UTINYINT',
  }
  const types = Object.entries(columns).map(([name, type]) => `'${name}': '${type}'`)
  // In the order of time, as they happened: then it need not look at the blocks of other times.
  await connection.run(
    `create table incidents as select * from read_csv('${csvFile}', header = false, columns = {${types.join(', ')}}) order by began`,
  )
  const told = await connection.runAndReadAll('select version()')
  return {
    version: String(told.getRows()[0]?.[0]),
    ask: sql => connection.run(sql),
    close: () => connection.closeSync(),
  }
}
