/** Fixes in stretches of a quarter of an hour, each asked for once and kept while there is room. */
import { decodeFixes, type FixOf } from '#domain/replay/fixCodec.ts'

const CHUNK_MS = 15 * 60_000
/** So many fixes are kept, beyond the stretches that an instant needs; a street's day is some fifty thousand. */
const MOST_FIXES = 600_000
const FEWEST_CHUNKS = 4
const NOTHING: readonly FixOf[] = []

type Chunk = { readonly to: number; readonly n: number; readonly fixes: ReadonlyMap<string, readonly FixOf[]> }
export type FixChunks = {
  /** Whether all is here that `fixesOf` needs at this instant. */
  has(at: number): boolean
  /** Brings what is missing for the instant and, from `since` on, for the way there. */
  load(at: number, since?: number): Promise<void>
  fixesOf(at: number, worker: string, since?: number): readonly FixOf[]
  /** Brings the stretch nearest to the instant that is not here yet; false: all of [from, to) is here, or there is no more room. */
  bringNearest(at: number, from: number, to: number): Promise<boolean>
}

/** `ask`: the bytes of /replay/fixes. `now`: the server's time; what lies beyond it is not yet told. */
export function fixChunks(ask: (from: number, to: number) => Promise<Uint8Array>, now: () => number): FixChunks {
  const chunks = new Map<number, Chunk>()
  const coming = new Map<number, Promise<void>>()
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

  /** Nothing is asked for twice at a time. */
  function bring(start: number): Promise<void> {
    const asked = coming.get(start) ?? fetchChunk(start).finally(() => coming.delete(start))
    coming.set(start, asked)
    return asked
  }

  async function fetchChunk(start: number): Promise<void> {
    const to = Math.min(start + CHUNK_MS - 1, Math.max(start, now()))
    const people = decodeFixes(await ask(start, to))
    chunks.delete(start)
    const n = people.reduce((sum, { fixes }) => sum + fixes.length, 0)
    chunks.set(start, { to, n, fixes: new Map(people.map(({ worker, fixes }) => [worker, fixes])) })
    joined.clear()
    // The oldest asked for goes first.
    for (const old of chunks.keys()) if (chunks.size > FEWEST_CHUNKS && held() > MOST_FIXES) chunks.delete(old)
  }
  const held = () => [...chunks.values()].reduce((sum, { n }) => sum + n, 0)

  return {
    has: at => startsFor(at).every(start => isHere(start, at)),
    async load(at, since) {
      const missing = startsFor(at, since).filter(start => !isHere(start, at))
      await Promise.all(missing.map(bring))
    },
    async bringNearest(at, from, to) {
      // What comes ahead of any question never drives out what was asked for.
      if (held() > MOST_FIXES / 2) return false
      const end = Math.min(to, now())
      const starts = Array.from(
        { length: Math.ceil((end - startOf(from)) / CHUNK_MS) },
        (_, i) => startOf(from) + i * CHUNK_MS,
      )
      // The stretch that still goes on is asked for again when somebody looks there, not whenever it has grown.
      const missing = starts.filter(
        start => !chunks.has(start) || (!isHere(start, Math.min(start + CHUNK_MS - 1, to)) && start + CHUNK_MS <= end),
      )
      const [nearest] = missing.toSorted((a, b) => Math.abs(a - at) - Math.abs(b - at))
      if (nearest === undefined) return false
      await bring(nearest)
      return true
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
