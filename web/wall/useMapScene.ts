import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { shownTiles } from '../map/baseTiles.ts'
import type { MapFrame, MapScene } from '../map/mapScene.ts'
import { useWallStore } from '../stores/wallStore.ts'
import { bboxOf, mapAreas, mapIncidents, mapWorkers } from './mapSceneOf.ts'
import { useWallView } from './useWallView.ts'

/** A map's scene; each part is computed on its own, so that a tick leaves areas, basemap and heat untouched. */
export function useMapScene(
  options: () => { unitPx: number; root: string | null; selected: string | null; frames: readonly MapFrame[] },
) {
  const wall = useWallStore()
  const view = useWallView()
  const route = useRoute()
  const areas = computed(() => (wall.frame ? mapAreas(wall.frame.areas) : []))
  const incidents = computed(() =>
    mapIncidents(view.open.value, view.awaiting.value, view.symbols.value, wall.now ?? 0),
  )
  const isStale = computed(() => wall.link === 'stale' || wall.link === 'lost')
  const workers = computed(() =>
    mapWorkers(view.workers.value, wall.fixes, wall.trails, wall.live?.incidents ?? new Map(), isStale.value),
  )
  const hasTiles = computed(() => wall.baseTiles !== null && shownTiles(wall.baseTiles.state) !== null)
  const basemap = computed(() => (hasTiles.value ? [] : [...wall.basemap]))
  const heat = computed(() => (wall.frame ? { counts: wall.heatCounts, settings: wall.frame.settings.heat } : null))
  const levels = computed(() => [...(wall.frame?.settings.levels ?? [])])
  const bounds = computed(() => bboxOf(wall.frame?.settings.bounds ?? null))
  const frames = computed(() => [...options().frames])
  const theme = computed(() => (route.query['theme'] === 'light' ? 'light' : 'dark'))
  return computed<MapScene | null>(() =>
    wall.frame === null
      ? null
      : {
          areas: areas.value,
          levels: levels.value,
          root: options().root,
          selected: options().selected,
          incidents: incidents.value,
          workers: workers.value,
          heat: heat.value,
          basemap: basemap.value,
          tiles: wall.baseTiles,
          theme: theme.value,
          link: wall.link,
          unitPx: options().unitPx,
          bounds: bounds.value,
          frames: frames.value,
        },
  )
}
