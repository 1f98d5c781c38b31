/**
 * Talks to the heat worker, one question at a time: of those that come meanwhile only the newest is asked. While a replay
 * asks faster than anybody can draw, each answer is shown all the same.
 */
import type { MultiPolygon, Polygon } from 'geojson'
import type { Density } from '#domain/heat/density.ts'
import type { HeatBands } from './heatBands.ts'
import type { HeatSettings } from './mapScene.ts'

export type HeatQuestion = {
  number: number
  counts: Uint8Array
  settings: HeatSettings
  clip: Polygon | MultiPolygon | null
}
export type HeatAnswer =
  | { number: number; bands: HeatBands; grid: Density; error: null }
  | { number: number; bands: null; grid: null; error: string }
export type HeatClient = {
  ask(counts: Uint8Array, settings: HeatSettings, clip: Polygon | MultiPolygon | null): void
  forget(): void
  close(): void
}

export function createHeatClient(onAnswer: (answer: HeatAnswer) => void): HeatClient {
  const worker = new Worker(new URL('./heatWorker.ts', import.meta.url), { type: 'module' })
  let asked = 0
  let forgotten = 0 // answers up to this one are no longer wanted
  let isBusy = false
  let waiting: HeatQuestion | null = null

  function send(question: HeatQuestion): void {
    isBusy = true
    worker.postMessage(question)
  }
  worker.onmessage = ({ data }: MessageEvent<HeatAnswer>) => {
    isBusy = false
    const next = waiting
    waiting = null
    if (next !== null) send(next)
    if (data.number > forgotten) onAnswer(data)
  }
  return {
    ask(counts, settings, clip) {
      asked += 1
      const question: HeatQuestion = {
        number: asked,
        counts,
        settings: { ...settings, classes: [...settings.classes] },
        clip,
      }
      if (isBusy) waiting = question
      else send(question)
    },
    forget() {
      forgotten = asked
      waiting = null
    },
    close: () => worker.terminate(),
  }
}
