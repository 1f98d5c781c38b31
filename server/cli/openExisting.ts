import { existsSync } from 'node:fs'
import { readConfig } from '../config.ts'
import { type OpenApp, openApp } from '../openApp.ts'
import { storeFile } from '../store/storeAddress.ts'
import { type Io, UsageError } from './command.ts'

/** For what presupposes data: a store that is not there is a slip in its name, and is not made for it. */
export async function openExisting({ env }: Io): Promise<OpenApp> {
  const file = storeFile(readConfig(env).databaseUrl)
  if (file !== null && !existsSync(file))
    throw new UsageError(
      `there is no store ${file}: set GRIDWATCH_DATABASE_URL to the one you mean; gridwatch import and gridwatch start make one`,
    )
  return openApp(env)
}
