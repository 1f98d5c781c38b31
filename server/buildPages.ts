import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** What the pages are made of. */
const SOURCES = ['web', 'domain', 'vite.config.ts', 'package-lock.json']

/** Builds dist/ when a source is newer than it; with `watch` goes on building whenever one changes, until stopped. */
export async function buildPages(say: (line: string) => void, watch: boolean): Promise<() => void> {
  if (watch) {
    const args = ['build', '--watch', '--logLevel', 'warn']
    const child = spawn('vite', args, { cwd: ROOT, stdio: 'inherit', env: withBin() })
    child.on('error', error => say(`the pages are not built again when they change: ${error.message}`))
    return () => void child.kill()
  }
  if (newest('dist') > Math.max(...SOURCES.map(newest))) return () => {}
  say('building the pages, once…')
  await buildOnce()
  return () => {}
}

/** In a process of its own: what the build needs of memory must not stay with a server that runs for months. */
function buildOnce(): Promise<void> {
  const child = spawn('vite', ['build', '--logLevel', 'warn'], { cwd: ROOT, stdio: 'inherit', env: withBin() })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', code =>
      code === 0 ? resolve() : reject(new Error(`the pages could not be built (vite: ${code})`)),
    )
  })
}

function withBin(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${join(ROOT, 'node_modules', '.bin')}:${process.env.PATH ?? ''}` }
}

/** The newest modification in a file or folder, epoch ms; 0 when there is none. */
function newest(name: string): number {
  const path = join(ROOT, name)
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return 0
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0)
}
