/** Talks to the picture worker: one question at a time, and of those that wait only the newest. */
import type { Picture, PictureQuestion } from './picture.ts'

export type PictureAnswer =
  | { readonly picture: Picture; readonly error: null }
  | { readonly picture: null; readonly error: string }

export type PictureClient = {
  /** Null when a newer question came before this one was begun. */
  draw(question: PictureQuestion): Promise<PictureAnswer | null>
  close(): void
}
type Waiting = { readonly question: PictureQuestion; resolve(answer: PictureAnswer | null): void }

export function createPictureClient(): PictureClient {
  const worker = new Worker(new URL('./pictureWorker.ts', import.meta.url), { type: 'module' })
  let current: Waiting | null = null
  let next: Waiting | null = null
  const begin = (waiting: Waiting) => {
    current = waiting
    worker.postMessage(waiting.question)
  }
  const answered = (answer: PictureAnswer) => {
    current?.resolve(answer)
    current = null
    if (next) begin(next)
    next = null
  }
  worker.onmessage = ({ data }: MessageEvent<PictureAnswer>) => answered(data)
  worker.onerror = event => answered({ picture: null, error: event.message })
  return {
    draw: question =>
      new Promise(resolve => {
        if (current === null) return begin({ question, resolve })
        next?.resolve(null)
        next = { question, resolve }
      }),
    close: () => worker.terminate(),
  }
}
