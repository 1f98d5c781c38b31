import { existsSync } from 'node:fs'
import { readConfig } from '../config.ts'
import { type OpenApp, openApp } from '../openApp.ts'
import { storeFile, storeName } from '../store/storeAddress.ts'
import type { Io } from './command.ts'

export type ImportStore = {
  readonly app: OpenApp
  readonly name: string
  /** What somebody should know who took this store for another one; null: it held something before. */
  readonly told: string | null
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
  }
}

async function isUntouched({ store }: OpenApp): Promise<boolean> {
  return (await store.head()) === 0 && (await store.reference.revision()) === 0
}
