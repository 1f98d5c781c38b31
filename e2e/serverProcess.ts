/** The real server as a child process in a folder of its own: it can be frozen, killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))
const COMMAND = join(ROOT, 'server', 'gridwatch.js')

export type Environment = { readonly [name: `GRIDWATCH_${string}`]: string; readonly NODE_OPTIONS?: string }
export type ServerProcess = {
  readonly url: string
  /** The printed address of the wall: with a token where it is a demo. */
  readonly wall: string
  output(): string
  /** Stops it in the middle of whatever it does, as a machine that hangs. */
  freeze(): void
  thaw(): void
  kill(): Promise<void>
  stop(): Promise<number | null>
}
export type Ran = { readonly code: number | null; readonly out: string; readonly err: string }

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** An empty folder with the `var/` of one store. */
export function makeFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'gridwatch-e2e-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) }
}

/** A port that was free a moment ago, for a server that has to come back at the same address. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => probe.once('listening', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise(resolve => probe.close(resolve))
  return port
}

/** Starts it and waits until it has printed its address. */
export async function startServer(folder: string, env: Environment = {}): Promise<ServerProcess> {
  const child = launch(['start'], folder, { GRIDWATCH_PORT: '0', ...env })
  const texts = collect(child)
  const ended = exitOf(child)
  const wall = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const address = /^ {2}wall {2}(http\S+)$/m.exec(texts.out)?.[1]
      if (address !== undefined) resolve(address)
    }
    child.stdout?.on('data', look)
    void ended.then(code => reject(new Error(`the server ended with ${code}:\n${texts.out}${texts.err}`)))
  })
  let isWanted = true
  child.once('close', (code, signal) => {
    if (isWanted) console.error(`the server ended by itself (${code ?? signal}):\n${texts.out}${texts.err}`)
  })
  return {
    url: new URL(wall).origin,
    wall,
    output: () => texts.out + texts.err,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    async kill() {
      isWanted = false
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      isWanted = false
      child.kill('SIGCONT')
      child.kill('SIGTERM')
      return ended
    },
  }
}

/** One command line of `gridwatch`, to its end. */
export async function gridwatch(folder: string, args: readonly string[], env: Environment = {}): Promise<Ran> {
  const child = launch(args, folder, env)
  const texts = collect(child)
  const code = await exitOf(child)
  return { code, ...texts }
}

/** A token of the store in `folder`, as an operator makes one. */
export async function makeToken(folder: string, role: string, area: string, more: readonly string[] = []) {
  const { code, out, err } = await gridwatch(folder, ['token', '--role', role, '--area', area, ...more])
  if (code !== 0) throw new Error(`gridwatch token ended with ${code}: ${err}`)
  return out.trim()
}

function launch(args: readonly string[], cwd: string, env: Environment): ChildProcess {
  const own = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('GRIDWATCH_') && !name.startsWith('VITEST'),
  )
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd,
    env: { ...Object.fromEntries(own), NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

function collect(child: ChildProcess): { out: string; err: string } {
  const texts = { out: '', err: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    texts.out += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    texts.err += text
  })
  return texts
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise(resolve => child.once('close', resolve))
}
