import { onScopeDispose, shallowRef } from 'vue'
import { createApi, type Problem, problemOf } from '../graphql/client.ts'
import { TrackPeopleDocument, WallFrameDocument } from '../graphql/generated.ts'
import { type BaseTiles, followBaseTiles } from '../map/baseTiles.ts'
import { pathTo, placeLabel } from '../stores/areas.ts'
import { askBasemap, type Basemap } from '../stores/mapData.ts'
import { readFrame } from '../stores/readWall.ts'
import { chance } from '../stores/time.ts'
import type { WallFrame } from '../stores/wallState.ts'
import { seesTracks } from './trackRoles.ts'
import type { Person } from './trackScene.ts'

/** What tracks are chosen from and drawn on: the people, the areas, and the base map under them. */
export function useTracksGround(token: string | null) {
  const frame = shallowRef<WallFrame | null>(null)
  const people = shallowRef<readonly (Person & { areaName: string | null })[]>([])
  const basemap = shallowRef<Basemap[]>([])
  const tiles = shallowRef<BaseTiles | null>(null)
  const failed = shallowRef<Problem | 'role' | null>(token === null ? 'unauthenticated' : null)
  const api = token === null ? null : createApi(location.origin, token, chance)
  onScopeDispose(() => api?.close())
  if (api !== null)
    onScopeDispose(
      followBaseTiles(api, next => {
        tiles.value = next
      }),
    )
  void begin()

  async function begin(): Promise<void> {
    if (api === null) return
    try {
      const told = await api.ask(WallFrameDocument, {})
      if (!seesTracks(told.me.role)) {
        failed.value = 'role' // Before a reason is written for nothing.
        return
      }
      frame.value = readFrame(told)
      const { workers } = await api.ask(TrackPeopleDocument, {})
      people.value = workers.map(({ id, name, role, area }) => ({ id, name, role, areaName: areaLabel(area) }))
      const layers = await Promise.allSettled(frame.value.settings.basemap.map(id => askBasemap(api, id)))
      basemap.value = layers.flatMap(layer => (layer.status === 'fulfilled' ? [layer.value] : []))
    } catch (error) {
      failed.value = problemOf(error) // Without areas and people there is nothing to choose from.
    }
  }

  /** Grids of two communities may have one name. */
  function areaLabel(area: { readonly code: string; readonly name: string } | null): string | null {
    const areas = frame.value?.areas ?? []
    const path = pathTo(areas, area?.code ?? null).map(({ code }) => code)
    return placeLabel(areas, path) ?? area?.name ?? null
  }

  return { frame, people, basemap, tiles, failed }
}
