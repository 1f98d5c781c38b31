import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const CHILD = fileURLToPath(new URL('./main.child.ts', import.meta.url))

function serving(port: number) {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-main-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const child = spawn(process.execPath, [CHILD], {
    env: {
      ...process.env,
      GRIDWATCH_PORT: String(port),
      GRIDWATCH_DATABASE_URL: `file:${join(folder, 'store.db')}`,
      GRIDWATCH_SECRET: 'a secret of at least thirty-two characters',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = once(createInterface(child.stdout), 'line').then(([line]) => String(line))
  const ended = once(child, 'close').then(([code]) => code)
  return { child, said, ended }
}

test('a port that is taken is told, and the process ends by itself', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const { said, ended, child } = serving((other.address() as AddressInfo).port)
  child.stdin.end()
  expect(await said).toBe('EADDRINUSE')
  expect(await ended).toBe(0)
})

test('a server that is closed leaves nothing behind that keeps the process', async () => {
  const { said, ended, child } = serving(0)
  const url = await said
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  child.stdin.write('close')
  expect(await ended).toBe(0)
})
