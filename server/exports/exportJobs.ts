/** Exports that somebody waits for: one is made at a time, and what is made lies on the disk for a while, for who asked. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Viewer } from '../access/viewer.ts'
import type { App } from '../app.ts'
import { bundled } from './bundle.ts'
import { ExportRefused } from './exportRefused.ts'
import { askedOf, type ExportRequest } from './exportRequest.ts'
import { FORMATS } from './formats.ts'
import { gather } from './gather.ts'
import { zonedText } from './layer.ts'
import type { Material } from './material.ts'
import type { CountMany } from './mirrorCounts.ts'
import { recordExport } from './recordExport.ts'
import { sidecarOf } from './sidecar.ts'
import { threadRender } from './threadRender.ts'

const KEPT_MS = 60 * 60_000
const MOST_KEPT_BYTES = 2 * 1024 ** 3
const MOST_UNFINISHED = 4

export type JobState = 'waiting' | 'reading' | 'writing' | 'done' | 'failed'
export type JobView = {
  readonly id: string
  readonly state: JobState
  readonly progress: number // 0…1
  readonly error: string | null
  readonly name: string | null // of the file, when it is done
  readonly bytes: number | null
}
type Job = {
  readonly id: string
  readonly token: string
  readonly request: string // to know the same again
  state: JobState
  progress: number
  error: string | null
  file: { readonly name: string; readonly mediaType: string; readonly bytes: number } | null
  endedMs: number | null
}

export type ExportJobs = {
  /** 'busy': too many are unfinished for this token; 'conflict': the id was given to another request. */
  start(viewer: Viewer, request: ExportRequest, id: string): JobView | 'busy' | 'conflict'
  view(viewer: Viewer, id: string): JobView | null
  file(viewer: Viewer, id: string): Promise<{ name: string; mediaType: string; bytes: Buffer } | null>
  sidecar(viewer: Viewer, id: string): Promise<Buffer | null>
  close(): Promise<void>
}

export function createExportJobs(
  app: App,
  countMany: CountMany,
  folder: string,
  monotonicMs: () => number,
): ExportJobs {
  const jobs = new Map<string, Job>()
  const stopping = new AbortController()
  let latest: Promise<void> = Promise.resolve()
  let isSwept = false

  /** What an earlier process left there belongs to nobody. Not before somebody asks: a server that cannot listen owns nothing. */
  async function sweep(): Promise<void> {
    if (!isSwept) await rm(folder, { recursive: true, force: true })
    isSwept = true
  }

  async function make(job: Job, viewer: Viewer, request: ExportRequest): Promise<void> {
    job.state = 'reading'
    await sweep()
    const at = app.time.now()
    const material = await gather(app, viewer, request, { head: null, at }, countMany)
    job.state = 'writing'
    const onProgress = (share: number) => {
      job.progress = share
    }
    const rendered = await threadRender(material, onProgress, stopping.signal)
    const sidecar = sidecarOf(material, rendered)
    const file = bundled(fileName(material), rendered.files)
    await mkdir(join(folder, job.id), { recursive: true })
    await writeFile(join(folder, job.id, 'file'), file.bytes)
    await writeFile(join(folder, job.id, 'sidecar'), `${JSON.stringify(sidecar, null, 2)}\n`)
    await recordExport(app, sidecar, sidecar.author)
    const mediaType = file.isZip ? 'application/zip' : FORMATS[request.format].mediaType
    job.file = { name: file.name, mediaType, bytes: file.bytes.length }
    job.progress = 1
    job.state = 'done'
  }

  function failed(job: Job, error: unknown): void {
    job.state = 'failed'
    const isRefused = error instanceof ExportRefused
    job.error = isRefused ? error.message : 'something went wrong here; it was written to the log'
    if (!isRefused && !stopping.signal.aborted) app.log('an export failed', { job: job.id, error: String(error) })
  }

  /** What is too old, and the oldest of what is too much. */
  async function forget(): Promise<void> {
    const ended = [...jobs.values()].filter(job => job.endedMs !== null)
    let bytes = ended.reduce((sum, job) => sum + (job.file?.bytes ?? 0), 0)
    for (const job of ended) {
      const isOver = monotonicMs() - (job.endedMs ?? 0) > KEPT_MS || bytes > MOST_KEPT_BYTES
      if (!isOver) continue
      bytes -= job.file?.bytes ?? 0
      jobs.delete(job.id)
      await rm(join(folder, job.id), { recursive: true, force: true })
    }
  }

  const own = (viewer: Viewer, id: string) => {
    const job = jobs.get(id)
    return job?.token === viewer.tokenId ? job : null
  }
  return {
    start(viewer, request, id) {
      const asked = JSON.stringify(askedOf(request))
      const known = jobs.get(id)
      if (known !== undefined)
        return known.token === viewer.tokenId && known.request === asked ? viewOf(known) : 'conflict'
      const unfinished = [...jobs.values()].filter(job => job.token === viewer.tokenId && job.endedMs === null)
      if (unfinished.length >= MOST_UNFINISHED) return 'busy'
      const token = viewer.tokenId
      const job: Job = {
        id,
        token,
        request: asked,
        state: 'waiting',
        progress: 0,
        error: null,
        file: null,
        endedMs: null,
      }
      jobs.set(id, job)
      latest = latest
        .then(() => (stopping.signal.aborted ? Promise.reject(stopping.signal.reason) : make(job, viewer, request)))
        .catch(error => failed(job, error))
        .then(() => {
          job.endedMs = monotonicMs()
        })
        .then(forget)
        .catch(error => app.log('old exports could not be removed', { error: String(error) }))
      return viewOf(job)
    },
    view(viewer, id) {
      const job = own(viewer, id)
      return job && viewOf(job)
    },
    async file(viewer, id) {
      const file = own(viewer, id)?.file
      return file ? { ...file, bytes: await readFile(join(folder, id, 'file')) } : null
    },
    async sidecar(viewer, id) {
      return own(viewer, id)?.file ? readFile(join(folder, id, 'sidecar')) : null
    },
    async close() {
      stopping.abort(new Error('the server stops'))
      await latest
      if (isSwept) await rm(folder, { recursive: true, force: true })
    },
  }
}

function viewOf({ id, state, progress, error, file }: Job): JobView {
  return { id, state, progress, error, name: file?.name ?? null, bytes: file?.bytes ?? null }
}

/** The window as the place's own clocks say it. */
function fileName({ request: { what, format, filter }, timezone }: Material): string {
  const day = (at: number) => zonedText(at, timezone).slice(0, 16).replaceAll(/[-:]/g, '')
  return `gridwatch-${what}-${day(filter.from)}-${day(filter.to)}.${FORMATS[format].extension}`
}
