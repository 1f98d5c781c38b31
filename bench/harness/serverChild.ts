import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Child, startChild } from './child.ts'
import type { Folder } from './folder.ts'
import type { Asked, Writing } from './server.ts'

const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'))
/** The options of Node under which `npm start` runs it. */
const NODE_OPTIONS = /^node (.*?) ?server\//.exec(scripts.start)?.[1]?.split(' ').filter(Boolean) ?? []

export type ServerChild = Child<{ readonly url: string; readonly tokens: readonly string[] }>

/** `asked`: the tokens that it makes as it starts. */
export function startServer(
  folder: Folder,
  asked: readonly Asked[] = [],
  { writing = 'grouped', port = 0 }: { writing?: Writing; port?: number } = {},
): Promise<ServerChild> {
  return startChild(join(import.meta.dirname, 'server.ts'), {
    cwd: folder.path,
    nodeOptions: NODE_OPTIONS,
    args: [writing, JSON.stringify(asked)],
    env: { GRIDWATCH_PORT: String(port), GRIDWATCH_DATABASE_URL: folder.databaseUrl, GRIDWATCH_DEMO: 'off' },
  })
}
