/** The real server in a process of its own, on a free port of this machine; started by `startServer` of serverChild.ts. */
import type { Role } from '../../server/access/viewer.ts'
import { startServer } from '../../server/main.ts'
import { type OpenApp, openApp } from '../../server/openApp.ts'
import { referenceCache } from '../../server/reference.ts'
import type { EventStore } from '../../server/store/eventStore.ts'
import { openStore } from '../../server/store/openStore.ts'
import { tell } from './child.ts'

export type Writing = 'grouped' | 'single' | 'nothing'
export type Asked = { readonly role: Role; readonly areas: readonly string[] }

const [writing = 'grouped', asked = '[]'] = process.argv.slice(2)
const app = { ...(await writingApp(await openApp(process.env), writing as Writing)), log: logSome() }
const server = await startServer(app)
const tokens: string[] = []
for (const { role, areas } of JSON.parse(asked) as Asked[])
  tokens.push(await server.tokens.issue({ role, areas, worker: null, device: null, name: null, expiresAt: null }))
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)))
process.once('disconnect', () => process.exit(0))
tell({ url: server.url, tokens })

async function writingApp(opened: OpenApp, how: Writing): Promise<OpenApp> {
  if (how === 'grouped') return opened
  if (how === 'nothing') return { ...opened, store: forgetful(opened.store) }
  await opened.store.close()
  const store = await openStore(opened.config.databaseUrl, { rowsPerCommit: 1 })
  return { ...opened, store, reference: referenceCache(store, () => performance.now()) }
}

/** Says of every append that it was done, and does nothing: all that the rest of the server costs. */
function forgetful(store: EventStore): EventStore {
  let position = 0
  return { ...store, command: async () => null, append: async () => ({ kind: 'appended', position: ++position }) }
}

/** What a server writes to its log is worth a look, but not a hundred times. */
function logSome(): OpenApp['log'] {
  let left = 3
  return (line, detail) => {
    if (left-- > 0) process.stderr.write(`  the server says: ${line} ${JSON.stringify(detail ?? {}).slice(0, 200)}\n`)
  }
}
