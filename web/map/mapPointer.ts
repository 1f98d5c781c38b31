/** What a pointer on one map means: an area is chosen or left, a person's track is, or a place is read. */
import type { MapLibreMap, MapMouseEvent } from 'maplibre-gl'
import { areaAt } from './areaShapes.ts'
import type { MapScene } from './mapScene.ts'

export type Hover = { lng: number; lat: number; area: string | null; density: number | null }
export type PointerEvents = {
  select(code: string | null): void
  /** Whose track was clicked, or lies under the pointer; null: nobody's. Only where whole tracks are drawn. */
  person(worker: string | null): void
  over(worker: string | null): void
  hover(value: Hover | null): void
}
export type PointedGround = {
  scene(): MapScene
  workerAt(place: { readonly x: number; readonly y: number }, withinPx: number): string | null
  densityAt(place: { lng: number; lat: number }): number | null
}

const TRACK_NEAR_UNITS = 5
/** From here on a click means what lies below a grid. */
const NEAR_ZOOM = 16.4

export function followPointer(
  map: MapLibreMap,
  { scene, workerAt, densityAt }: PointedGround,
  events: PointerEvents,
  gone: AbortSignal,
): void {
  const worker = (event: MapMouseEvent) => workerAt(event.point, TRACK_NEAR_UNITS * scene().unitPx)
  const area = ({ lngLat }: MapMouseEvent, maxRank: number) => {
    const { areas, levels, root } = scene()
    return areaAt(areas, levels, root, lngLat, maxRank)
  }

  map.on('click', event => {
    if (scene().tracks) return events.person(worker(event))
    const code = area(event, map.getZoom() > NEAR_ZOOM ? 3 : 2)
    events.select(code === scene().selected ? null : code)
  })
  let hovering = 0
  map.on('mousemove', event => {
    cancelAnimationFrame(hovering)
    hovering = requestAnimationFrame(() => {
      if (scene().tracks) return events.over(worker(event))
      const { lng, lat } = event.lngLat
      events.hover({ lng, lat, area: area(event, 2), density: densityAt({ lng, lat }) })
    })
  })
  map.on('mouseout', () => {
    cancelAnimationFrame(hovering)
    events.over(null)
    events.hover(null)
  })
  gone.addEventListener('abort', () => cancelAnimationFrame(hovering))
}
