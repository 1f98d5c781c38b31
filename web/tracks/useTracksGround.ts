import { onScopeDispose, shallowRef } from 'vue'
import { createApi, type Problem, problemOf } from '../graphql/client.ts'
import { TrackPeopleDocument, WallFrameDocument } from '../graphql/generated.ts'
import { type BaseTiles, followBaseTiles } from '../map/baseTiles.ts'
import { askBasemap, type Basemap } from '../stores/mapData.ts'
import { readFrame } from '../stores/readWall.ts'
import { chance } from '../stores/time.ts'
import type { WallFrame } from '../stores/wallState.ts'
import type { Person } from './trackScene.ts'

/** What tracks are chosen from and drawn on: the people, the areas, and the base map under them. */
export function useTracksGround(token: string | null) {
  const frame = shallowRef<WallFrame | null>(null)
  const people = shallowRef<readonly (Person & { areaName: string | null })[]>([])
  const basemap = shallowRef<Basemap[]>([])
  const tiles = shallowRef<BaseTiles | null>(null)
  const failed = shallowRef<Problem | null>(token === null ? 'unauthenticated' : null)
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
      frame.value = readFrame(await api.ask(WallFrameDocument, {}))
      const { workers } = await api.ask(TrackPeopleDocument, {})
      people.value = workers.map(({ id, name, role, area }) => ({ id, name, role, areaName: area?.name ?? null }))
      const layers = await Promise.allSettled(frame.value.settings.basemap.map(id => askBasemap(api, id)))
      basemap.value = layers.flatMap(layer => (layer.status === 'fulfilled' ? [layer.value] : []))
    } catch (error) {
      failed.value = problemOf(error) // Without areas and people there is nothing to choose from.
    }
  }

  return { frame, people, basemap, tiles, failed }
}
