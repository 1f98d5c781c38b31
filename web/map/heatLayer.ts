/** Owns the heat of one map: the worker that makes bands of counts, the bands, and the grid that a pointer reads. */
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { type Density, densityAt } from '#domain/heat/density.ts'
import { createHeatClient, type HeatClient } from './heatClient.ts'
import type { HeatSettings, MapHeat } from './mapScene.ts'

export type HeatLayer = {
  /** Asks for the bands of these counts; those before stay until they come. Null: none. */
  set(heat: MapHeat | null, clip: Polygon | MultiPolygon | null): void
  /** The bands as they are, for a style that is new. */
  draw(): void
  densityAt(place: { lng: number; lat: number }): number | null
  /** What the last counts were asked with. */
  settings(): HeatSettings | null
  close(): void
}

const NO_BANDS: FeatureCollection = { type: 'FeatureCollection', features: [] }

export function createHeatLayer(
  show: (bands: FeatureCollection) => void,
  onFailed: (message: string) => void,
): HeatLayer {
  let client: HeatClient | null = null
  let settings: HeatSettings | null = null
  let grid: Density | null = null
  let bands = NO_BANDS

  return {
    set(heat, clip) {
      settings = heat?.settings ?? null
      if (!heat?.counts) {
        client?.forget()
        grid = null
        bands = NO_BANDS
        show(bands)
        return
      }
      client ??= createHeatClient(answer => {
        if (answer.error !== null) return onFailed(answer.error)
        grid = answer.grid
        bands = answer.bands
        show(bands)
      })
      client.ask(heat.counts, heat.settings, clip)
    },
    draw: () => show(bands),
    densityAt: place => (grid ? densityAt(grid, place) : null),
    settings: () => settings,
    close: () => client?.close(),
  }
}
