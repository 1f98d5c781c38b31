import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { readConfig } from '../config.ts'
import { type OpenApp, openApp } from '../openApp.ts'
import { storeFile, storeName } from '../store/storeAddress.ts'
import type { Io } from './command.ts'

export type ImportStore = {
  readonly app: OpenApp
  readonly name: string
  /** What somebody should know who took this store for another one; null: it held something before. */
  readonly told: string | null
  /** Leaves nothing behind of a store that was made for an import and got nothing. */
  close(): Promise<void>
}

/** The store that files are taken into, made where there is none. A dry run makes none: it checks against an empty one in memory. */
export async function openForImport({ env }: Io, isDryRun: boolean): Promise<ImportStore> {
  const { databaseUrl } = readConfig(env)
  const [file, name] = [storeFile(databaseUrl), storeName(databaseUrl)]
  const isAbsent = file !== null && !existsSync(file)
  const app = await openApp(isAbsent && isDryRun ? { ...env, GRIDWATCH_DATABASE_URL: 'file::memory:' } : env)
  const told = (await isUntouched(app))
    ? isAbsent
      ? isDryRun
        ? `There is no store ${name} yet: checked against an empty one.`
        : `The store ${name} was made.`
      : `The store ${name} was empty.`
    : null
  return {
    app,
    name,
    told,
    async close() {
      const isLeftOver = isAbsent && !isDryRun && (await isUntouched(app))
      await app.store.close()
      // While another process has the file open its log lies beside it.
      if (isLeftOver && file !== null && !existsSync(`${file}-wal`)) await rm(file, { force: true })
    },
  }
}

async function isUntouched({ store }: OpenApp): Promise<boolean> {
  return (await store.head()) === 0 && (await store.reference.revision()) === 0
}
