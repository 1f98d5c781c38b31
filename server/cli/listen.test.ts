import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from './listen.ts'

async function bind(host: string, port: number): Promise<AddressInfo> {
  const server = createServer().listen(port, host)
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return server.address() as AddressInfo
}

test('an address that this machine does not have names GRIDWATCH_HOST and what to set', async () => {
  const host = '192.0.2.1' // of no machine: kept for documentation
  await expect(listen(() => bind(host, 0), { host, port: 0 })).rejects.toThrow(
    /^GRIDWATCH_HOST is "192\.0\.2\.1".*set it to/,
  )
})

test('a port that is taken names GRIDWATCH_PORT', async () => {
  const host = '127.0.0.1'
  const { port } = await bind(host, 0)
  await expect(listen(() => bind(host, port), { host, port })).rejects.toThrow(
    `port ${port} cannot be used (EADDRINUSE)`,
  )
})
