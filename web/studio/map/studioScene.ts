/** Everything that one map of the studio draws, as plain data. Replace a part to change it: parts are compared by reference. */
import type { FeatureCollection } from 'geojson'
import type { Bbox } from '#domain/geo/bbox.ts'
import type { LngLat } from '#domain/incident/facts.ts'
import type { BaseTiles } from '../../map/baseTiles.ts'
import type { Camera } from '../../map/camera.ts'
import type { HeatBands } from '../../map/heatBands.ts'
import type { Basemap, MapArea, Theme } from '../../map/mapScene.ts'

export type StudioScene = {
  readonly areas: readonly MapArea[]
  readonly levels: readonly string[]
  readonly root: string | null // the area that is counted and fills the map
  readonly selected: string | null
  readonly bounds: Bbox | null
  readonly basemap: readonly Basemap[]
  readonly tiles: BaseTiles | null // drawn instead of `basemap` where they can be
  readonly theme: Theme
  readonly camera: Camera | null
  readonly bands: HeatBands | null // filled
  readonly less: HeatBands | null // hatched
  readonly hot: FeatureCollection | null
  readonly box: Bbox | null
  readonly piles: readonly LngLat[]
}
