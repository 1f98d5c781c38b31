import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { z } from 'zod'
import { parseInstant } from '#domain/time/instant.ts'
import { isOnDuty } from '#domain/worker/duty.ts'
import { trackLine } from '#domain/worker/trackLine.ts'
import { mayReadTracks } from '../access/may.ts'
import type { Tokens } from '../access/tokens.ts'
import type { Viewer } from '../access/viewer.ts'
import type { App, ReferenceData } from '../app.ts'
import { worded } from '../commands/wording.ts'
import { recordLook } from '../graphql/looks.ts'
import { textUpTo } from '../http/bodyText.ts'
import { bearer, plain, type Route } from '../http/router.ts'
import { seesWorker } from '../incidents/sight.ts'
import type { Snapshot } from '../store/eventStore.ts'

const MOST_WORKERS = 200
const LONGEST_BODY = 64 * 1024
/** A local day with the longest change of the clocks. */
const LONGEST_MS = 27 * 3_600_000
/** As far as a receiver in a street errs anyway. */
const TOLERANCE_M = 3

const Asked = z.object({
  workers: z.array(z.string()).min(1).max(MOST_WORKERS),
  from: z.string(),
  to: z.string(),
  reason: z.string(),
})
type Asking = {
  readonly workers: readonly string[]
  readonly from: number
  readonly to: number
  readonly reason: string
}

/**
 * POST /tracks { workers, from, to, reason }: the tracks of up to 200 workers over at most a day, a line of JSON for each
 * (domain/worker/trackLine.ts), in the order asked for. For few and with a reason; each worker sees who looked.
 */
export function trackRoute(app: App, tokens: Tokens): Route {
  return async (request, url) => {
    if (url.pathname !== '/tracks' || request.method !== 'POST') return null
    const token = bearer(request)
    const viewer = token === null ? null : await tokens.viewer(token)
    if (viewer === null) return plain(401, 'a token is missing or not in force')
    const asking = askingOf(await textUpTo(request, LONGEST_BODY))
    if (typeof asking === 'string') return plain(400, asking)
    const isOwn = asking.workers.every(worker => worker === viewer.worker)
    if (!isOwn && !mayReadTracks(viewer))
      return plain(403, 'tracks are shown to leaders, dispatchers and auditors, and to the worker')
    const reference = await app.reference()
    const unseen = asking.workers.find(worker => !isSeen(viewer, reference, worker, app.time.now()))
    if (unseen !== undefined) return plain(404, `there is no worker ${unseen} in your areas`)
    // Recorded before anything is shown: nobody looks unseen.
    for (const worker of asking.workers)
      if (worker !== viewer.worker) await recordLook(app, viewer, { ...asking, worker })
    const lines = tracks(await app.store.snapshot(), asking)
    // Line by line: the first tracks stand on the map while the others are still read.
    const body = Readable.toWeb(Readable.from(lines).pipe(createGzip({ level: 1 })))
    return new Response(body as ReadableStream, {
      headers: {
        'content-type': 'application/x-ndjson',
        'content-encoding': 'gzip',
        'cache-control': 'private, no-store',
      },
    })
  }
}

async function* tracks(snapshot: Snapshot, { workers, from, to }: Asking): AsyncGenerator<string> {
  try {
    for (const worker of workers) {
      const fixes = await snapshot.positions({ workers: [worker], from, to })
      const spans = await snapshot.dutySpans({ worker, from, to: to + 1 })
      const own = fixes.filter(({ at }) => isOnDuty(spans, at))
      yield `${JSON.stringify(trackLine(worker, own, TOLERANCE_M))}\n`
    }
  } finally {
    await snapshot.close()
  }
}

/** A string says what is wrong. */
function askingOf(body: string | null): Asking | string {
  const read = Asked.safeParse(jsonOf(body))
  if (!read.success) return `workers (1 to ${MOST_WORKERS} ids), from, to and reason are wanted`
  const [from, to] = [parseInstant(read.data.from), parseInstant(read.data.to)]
  if (from === null || to === null) return 'from and to must be instants with their offset'
  if (to < from || to - from > LONGEST_MS) return 'ask for at most one day'
  const reason = worded('reason', read.data.reason)
  if (typeof reason === 'string') return `the reason does not do: ${reason}`
  if (reason.text === '') return 'say why you look at these tracks'
  return { workers: [...new Set(read.data.workers)], from, to, reason: reason.text }
}

function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}

function isSeen(viewer: Viewer, reference: ReferenceData, worker: string, now: number): boolean {
  const row = reference.workers.get(worker)
  return row !== undefined && seesWorker(viewer, reference, row, now)
}
