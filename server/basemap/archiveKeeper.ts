import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import type { ArchiveState } from '#domain/basemap/basemapState.ts'
import { type Archive, type OpenedArchive, openArchive, type Tile } from './archive.ts'

export type ArchiveKeeper = {
  /** As it is now; null where none is configured. */
  state(): Promise<ArchiveState | null>
  /** Null: no such tile, or no archive that can be read. */
  tile(z: number, x: number, y: number): Promise<{ readonly tile: Tile | null; readonly version: string } | null>
  close(): Promise<void>
}

type Held = { readonly version: string; readonly opened: Promise<OpenedArchive> }

/** Looks at the file each time it is asked, so that a map that is carried in anew is on the walls without a restart. */
export function keepArchive(path: string | null, log: (line: string, detail: object) => void): ArchiveKeeper {
  let held: Held | null = null

  async function current(file: string): Promise<Held> {
    const version = await versionOf(file)
    if (held?.version === version) return held
    const before = held
    const opened = openArchive(file)
    held = { version, opened }
    void before?.opened.then(old => (old.ok ? old.archive.close() : undefined))
    void opened.then(result => {
      if (!result.ok) log('the base map cannot be read; maps go on without it', { file, ...result })
      else if (before !== null) log('the base map was replaced', { file })
    })
    return { version, opened }
  }

  async function archive(file: string): Promise<{ readonly archive: Archive; readonly version: string } | null> {
    const { version, opened } = await current(file)
    const result = await opened
    return result.ok ? { archive: result.archive, version } : null
  }

  return {
    async state() {
      if (path === null) return null
      const { version, opened } = await current(path)
      const result = await opened
      return result.ok
        ? { status: 'ready', version, ...result.archive.facts }
        : { status: 'unreadable', fault: result.fault }
    },
    async tile(z, x, y) {
      if (path === null) return null
      const found = await archive(path)
      if (found === null) return null
      try {
        return { tile: await found.archive.tile(z, x, y), version: found.version }
      } catch (error) {
        // Replaced while it was read: the new one answers.
        const now = await archive(path)
        if (now === null || now.version === found.version) throw error
        return { tile: await now.archive.tile(z, x, y), version: now.version }
      }
    },
    async close() {
      const last = await held?.opened
      if (last?.ok) await last.archive.close()
    },
  }
}

async function versionOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => null)
  if (found === null) return 'missing'
  const facts = `${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}`
  return createHash('sha256').update(facts).digest('hex').slice(0, 16)
}
