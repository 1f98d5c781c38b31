import type { Config } from '../config.ts'
import { UsageError } from './command.ts'

const NO_ADDRESS: readonly string[] = ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL', 'EAFNOSUPPORT']

/** Starts what listens; an address that cannot be had is said with the variable that names it. */
export async function listen<T>(starting: () => Promise<T>, { host, port }: Pick<Config, 'host' | 'port'>): Promise<T> {
  try {
    return await starting()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'EADDRINUSE' || code === 'EACCES')
      throw new UsageError(`port ${port} cannot be used (${code}): set GRIDWATCH_PORT to another`)
    if (NO_ADDRESS.includes(code))
      throw new UsageError(
        `GRIDWATCH_HOST is "${host}", which is no address of this machine (${code}): set it to 127.0.0.1, to one of its own addresses, or to 0.0.0.0 for all of them`,
      )
    throw error
  }
}
