import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fillDemo } from '../../server/demo/fillDemo.ts'
import type { EventStore } from '../../server/store/eventStore.ts'
import { openStore } from '../../server/store/openStore.ts'

const DEMO = fileURLToPath(new URL('../../data/demo', import.meta.url))

/** The root of the demo street's areas, and a point in one of its grids. */
export const STREET = '990106'
export const IN_GRID = { lng: 121.845786, lat: 30.555549 }

export type Folder = { readonly path: string; readonly databaseUrl: string; remove(): void }

/** A folder for one store, with `var/` as the server makes it. */
export function makeFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'gridwatch-bench-'))
  mkdirSync(join(path, 'var'))
  const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 3 })
  process.once('exit', remove)
  return { path, databaseUrl: `file:${join(path, 'var', 'gridwatch.db')}`, remove }
}

/** The demo street with its people and policies where nothing has happened; not marked as a demo, so that it takes imports. */
export async function quietStreet(more: (store: EventStore) => Promise<void> = async () => {}): Promise<Folder> {
  const folder = makeFolder()
  const store = await openStore(folder.databaseUrl)
  try {
    await fillDemo(store, DEMO)
    await store.reference.putSetting('demo', false)
    await more(store)
  } finally {
    await store.close()
  }
  return folder
}
