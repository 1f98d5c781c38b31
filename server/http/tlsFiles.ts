import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import { type Config, ConfigError } from '../config.ts'

/** The certificate and its key, proved to belong together; null without TLS. */
export async function readTls({
  tls,
}: Pick<Config, 'tls'>): Promise<{ readonly cert: Buffer; readonly key: Buffer } | null> {
  if (tls === null) return null
  const cert = await fileOf('GRIDWATCH_TLS_CERT', tls.certFile)
  const key = await fileOf('GRIDWATCH_TLS_KEY', tls.keyFile)
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    throw new ConfigError(
      `GRIDWATCH_TLS_CERT "${tls.certFile}" and GRIDWATCH_TLS_KEY "${tls.keyFile}" are no certificate and its key (${messageOf(error)}): give two PEM files that belong together`,
    )
  }
  return { cert, key }
}

async function fileOf(name: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new ConfigError(`${name} is "${file}", which cannot be read (${messageOf(error)}): give a PEM file`)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
