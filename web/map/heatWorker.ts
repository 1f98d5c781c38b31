/** The heat, off the main thread. */
import { heatBands } from './heatBands.ts'
import type { HeatAnswer, HeatQuestion } from './heatClient.ts'

self.onmessage = ({ data }: MessageEvent<HeatQuestion>) => {
  self.postMessage(answer(data))
}

/** Bytes that make no sense are said, not thrown: the map keeps the last good picture. */
function answer({ number, counts, settings, clip }: HeatQuestion): HeatAnswer {
  try {
    return { number, ...heatBands(counts, settings, clip), error: null }
  } catch (error) {
    return { number, bands: null, grid: null, error: String(error) }
  }
}
