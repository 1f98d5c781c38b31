/** Writes files in a thread of their own: the server's clocks, screens and answers wait for none of it. */
import { Worker } from 'node:worker_threads'
import { ExportRefused } from './exportRefused.ts'
import type { Material } from './material.ts'
import type { OnProgress, Rendered } from './rendered.ts'

export type FromThread =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'done'; readonly rendered: Rendered }
  | { readonly kind: 'refused'; readonly message: string }

/** Aborting ends the thread; then nothing is answered but the abort. */
export function threadRender(material: Material, onProgress: OnProgress, signal: AbortSignal): Promise<Rendered> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./renderThread.ts', import.meta.url), { workerData: material, execArgv: [] })
    const stop = () => {
      reject(signal.reason)
      thread.terminate().catch(() => {})
    }
    signal.addEventListener('abort', stop, { once: true })
    thread.on('message', (message: FromThread) => {
      if (message.kind === 'progress') onProgress(message.share)
      else if (message.kind === 'done') resolve(message.rendered)
      else reject(new ExportRefused(message.message))
    })
    thread.on('error', reject)
    thread.on('exit', code => {
      signal.removeEventListener('abort', stop)
      reject(new Error(`the thread that writes exports ended with ${code}`))
    })
  })
}
