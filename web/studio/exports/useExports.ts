import { onScopeDispose, shallowRef } from 'vue'
import type { useStudioStore } from '../studioStore.ts'
import type { Order } from './exportOrder.ts'

const LOOK_EVERY_MS = 700
/** The server takes four at a time; one is left for another page of the same viewer. */
const MOST_AT_ONCE = 3

/** One export as the server tells of it; `error` is its own words. */
export type ExportJob = {
  readonly id: string
  readonly order: Order
  readonly state: 'queued' | 'waiting' | 'reading' | 'writing' | 'done' | 'failed'
  readonly progress: number
  readonly error: string | null
  readonly name: string | null
  readonly bytes: number | null
}
type Told = Omit<ExportJob, 'order'>

/** Files are made on the server, from the same functions as the map; here they are ordered, watched and fetched. */
export function useExports(store: ReturnType<typeof useStudioStore>) {
  const jobs = shallowRef<readonly ExportJob[]>([])
  const timers = new Set<ReturnType<typeof setTimeout>>()
  const put = (job: ExportJob) => {
    const isKnown = jobs.value.some(each => each.id === job.id)
    jobs.value = isKnown ? jobs.value.map(each => (each.id === job.id ? job : each)) : [job, ...jobs.value]
  }

  const queue: Order[] = []
  const isUnfinished = (job: ExportJob) => job.state !== 'done' && job.state !== 'failed'

  function order(asked: Order): void {
    put({ id: asked.commandId, order: asked, state: 'queued', progress: 0, error: null, name: null, bytes: null })
    queue.push(asked)
    next()
  }
  function next(): void {
    const atWork = jobs.value.filter(job => isUnfinished(job) && job.state !== 'queued').length
    if (atWork >= MOST_AT_ONCE) return
    const asked = queue.shift()
    if (asked) void send(asked)
  }

  async function send(asked: Order): Promise<void> {
    const first: ExportJob = {
      id: asked.commandId,
      order: asked,
      state: 'waiting',
      progress: 0,
      error: null,
      name: null,
      bytes: null,
    }
    put(first)
    try {
      const answer = await store.post('/export/jobs', asked)
      if (!answer.ok) watch({ ...first, state: 'failed', error: await answer.text() })
      else watch({ ...((await answer.json()) as Told), order: asked })
    } catch (error) {
      watch({ ...first, state: 'failed', error: String(error) })
    }
  }

  function watch(job: ExportJob): void {
    put(job)
    next()
    if (!isUnfinished(job)) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      store.fetch(`/export/jobs/${job.id}`).then(
        async answer => watch({ ...((await answer.json()) as Told), order: job.order }),
        error => watch({ ...job, state: 'failed', error: String(error) }),
      )
    }, LOOK_EVERY_MS)
    timers.add(timer)
  }

  /** The token travels in a header, never in an address: so the bytes are fetched and handed to the browser. */
  async function take(job: ExportJob, part: 'file' | 'sidecar'): Promise<void> {
    try {
      const answer = await store.fetch(`/export/jobs/${job.id}/${part}`)
      const link = document.createElement('a')
      link.href = URL.createObjectURL(await answer.blob())
      link.download = part === 'file' ? (job.name ?? 'export') : `${job.name ?? 'export'}.json`
      link.click()
      URL.revokeObjectURL(link.href)
    } catch (error) {
      put({ ...job, error: String(error) })
    }
  }
  onScopeDispose(() => {
    for (const timer of timers) clearTimeout(timer)
  })
  return { jobs, order, take }
}
