/** Fixes in stretches of a quarter of an hour, each asked for once and kept while there is room. */
import { decodeFixes, type FixOf } from '#domain/replay/fixCodec.ts'

const CHUNK_MS = 15 * 60_000
const MOST_CHUNKS = 48
const NOTHING: readonly FixOf[] = []

type Chunk = { readonly to: number; readonly fixes: ReadonlyMap<string, readonly FixOf[]> }
export type FixChunks = {
  /** Whether all is here that `fixesOf` needs at this instant. */
  has(at: number): boolean
  /** Brings what is missing for the instant and, from `since` on, for the way there. */
  load(at: number, since?: number): Promise<void>
  fixesOf(at: number, worker: string, since?: number): readonly FixOf[]
}

/** `ask`: the bytes of /replay/fixes. `now`: the server's time; what lies beyond it is not yet told. */
export function fixChunks(ask: (from: number, to: number) => Promise<Uint8Array>, now: () => number): FixChunks {
  const chunks = new Map<number, Chunk>()
  const joined = new Map<string, { key: string; fixes: readonly FixOf[] }>()
  const startOf = (at: number) => Math.floor(at / CHUNK_MS) * CHUNK_MS
  /** The stretch of the instant and the one before it: that is where a trail begins. */
  const startsFor = (at: number, since = at) => {
    const first = Math.min(startOf(at) - CHUNK_MS, startOf(since))
    return Array.from({ length: (startOf(at) - first) / CHUNK_MS + 1 }, (_, i) => first + i * CHUNK_MS)
  }
  const isHere = (start: number, at: number) => {
    const chunk = chunks.get(start)
    return chunk !== undefined && (chunk.to >= at || chunk.to >= start + CHUNK_MS - 1)
  }

  async function bring(start: number): Promise<void> {
    const to = Math.min(start + CHUNK_MS - 1, Math.max(start, now()))
    const people = decodeFixes(await ask(start, to))
    chunks.delete(start)
    chunks.set(start, { to, fixes: new Map(people.map(({ worker, fixes }) => [worker, fixes])) })
    joined.clear()
    // The oldest asked for goes first.
    for (const old of chunks.keys()) if (chunks.size > MOST_CHUNKS) chunks.delete(old)
  }

  return {
    has: at => startsFor(at).every(start => isHere(start, at)),
    async load(at, since) {
      const missing = startsFor(at, since).filter(start => !isHere(start, at))
      await Promise.all(missing.map(bring))
    },
    fixesOf(at, worker, since) {
      const starts = startsFor(at, since)
      const key = `${starts[0]} ${starts.length}`
      const held = joined.get(worker)
      if (held?.key === key) return held.fixes
      const parts = starts.map(start => chunks.get(start)?.fixes.get(worker) ?? NOTHING)
      const fixes = parts.flatMap((part, i) => {
        // Each stretch begins with the last fix before it: the one before told that already.
        const last = parts[i - 1]?.at(-1)
        return last === undefined ? part : part.filter(fix => fix.at > last.at)
      })
      joined.set(worker, { key, fixes })
      return fixes
    },
  }
}
