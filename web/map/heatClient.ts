/** Talks to the heat worker. Only the newest question is answered; an old answer never replaces a newer one. */
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
  worker.onmessage = ({ data }: MessageEvent<HeatAnswer>) => {
    if (data.number === asked) onAnswer(data)
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
      worker.postMessage(question)
    },
    forget() {
      asked += 1
    },
    close: () => worker.terminate(),
  }
}
