import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { storeContract } from '../contract.ts'
import { openStore } from '../openStore.ts'

storeContract(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-store-'))
  const file = join(folder, 'made', 'store.db')
  return {
    open: () => openStore(`file:${file}`),
    async sql(statement) {
      const database = new Database(file)
      database.exec(statement)
      database.close()
    },
    async drop() {
      rmSync(folder, { recursive: true })
    },
  }
})
