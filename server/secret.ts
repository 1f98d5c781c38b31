import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type Config, ConfigError } from './config.ts'

const FILE = 'var/secret'

/** The secret under which tokens are kept: GRIDWATCH_SECRET, or one made once and kept in var/secret (mode 0600). */
export async function readSecret(config: Config): Promise<string> {
  if (config.secret !== null) return config.secret
  try {
    return await keptSecret()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new ConfigError(`${resolve(FILE)} can be neither made nor read (${why}): make it so, or set GRIDWATCH_SECRET`)
  }
}

async function keptSecret(): Promise<string> {
  await mkdir(dirname(FILE), { recursive: true })
  try {
    await writeFile(FILE, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return (await readFile(FILE, 'utf8')).trim()
}
