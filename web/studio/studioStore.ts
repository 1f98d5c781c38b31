import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { type Api, type Problem, problemOf } from '../graphql/client.ts'
import { WallFrameDocument } from '../graphql/generated.ts'
import { type BaseTiles, followBaseTiles } from '../map/baseTiles.ts'
import { linkState } from '../stores/freshness.ts'
import { askBasemap, type Basemap } from '../stores/mapData.ts'
import { instant, readFrame } from '../stores/readWall.ts'
import { hearServerTime, monotonic, serverTime, useTick } from '../stores/time.ts'
import type { WallFrame } from '../stores/wallState.ts'
import { StudioBeatDocument, StudioReferenceDocument, type StudioReferenceQuery } from './generated.ts'

const TRY_AGAIN_MS = 3000
/** They read their own reports and nothing else (the server refuses them every figure). */
const NO_READERS = ['reporter', 'device']

/** What an analyst's page stands on: who reads, what there is to choose from, and whether the server is heard. */
export const useStudioStore = defineStore('studio', () => {
  const frame = shallowRef<WallFrame | null>(null)
  const reference = shallowRef<StudioReferenceQuery | null>(null)
  const basemap = shallowRef<readonly Basemap[]>([])
  const baseTiles = shallowRef<BaseTiles | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const head = shallowRef<number | null>(null) // of the log, as last heard
  const heardAt = shallowRef<number | null>(null) // monotonic
  /** The instant that the figures are asked for; only `refresh` moves it, so that nothing moves under a reader's eyes. */
  const asked = shallowRef<number | null>(null)
  const tick = useTick()
  let api: Api | null = null
  let stopBeat = () => {}
  let stopTiles = () => {}

  const silence = computed(() => {
    void tick.value
    return heardAt.value === null ? 0 : monotonic() - heardAt.value
  })
  const link = computed(() => {
    void tick.value
    return linkState({ silentMs: silence.value, behindMs: 0, isSocketOpen: api?.isSocketOpen.value ?? false })
  })
  const now = computed(() => {
    void tick.value
    return serverTime()
  })
  const isForbidden = computed(
    () => problem.value === 'forbidden' || NO_READERS.includes(reference.value?.me.role ?? ''),
  )
  const speed = computed(() => frame.value?.settings.simulate ?? 1)

  async function open(withApi: Api): Promise<void> {
    close()
    api = withApi
    heardAt.value = monotonic()
    stopBeat = withApi.follow(StudioBeatDocument, () => ({}), { next: heard, error: fail })
    await load(withApi)
  }

  async function load(withApi: Api): Promise<void> {
    try {
      const [told, more] = await Promise.all([
        withApi.ask(WallFrameDocument, {}),
        withApi.ask(StudioReferenceDocument, {}),
      ])
      if (api !== withApi) return
      reference.value = more
      frame.value = readFrame(told)
      problem.value = null
    } catch (error) {
      fail(error)
      setTimeout(() => api === withApi && void load(withApi), TRY_AGAIN_MS)
      return
    }
    stopTiles = followBaseTiles(withApi, tiles => {
      baseTiles.value = tiles
    })
    const layers = await Promise.allSettled(frame.value.settings.basemap.map(id => askBasemap(withApi, id)))
    // The map stands without it; a layer that doesn't come is only not drawn.
    if (api === withApi) basemap.value = layers.flatMap(layer => (layer.status === 'fulfilled' ? [layer.value] : []))
  }

  function heard(data: { changes: readonly { __typename: string }[] }): void {
    heardAt.value = monotonic()
    for (const change of data.changes) {
      if (!('serverTime' in change)) continue
      const beat = change as { serverTime: string; head: number } & typeof change
      hearServerTime(instant(beat.serverTime), speed.value)
      head.value = beat.head
      asked.value ??= instant(beat.serverTime)
    }
  }

  function refresh(): void {
    asked.value = serverTime()
  }

  function fail(error: unknown): void {
    problem.value = problemOf(error)
  }

  function close(): void {
    stopBeat()
    stopBeat = () => {}
    stopTiles()
    stopTiles = () => {}
    baseTiles.value = null
    api?.close()
    api = null
    frame.value = null
    reference.value = null
    asked.value = null
    head.value = null
  }

  const ask: Api['ask'] = (query, variables) => (api ? api.ask(query, variables) : Promise.reject(new Error('closed')))
  const fetch: Api['fetch'] = path => (api ? api.fetch(path) : Promise.reject(new Error('closed')))

  const post: Api['post'] = (path, body) => (api ? api.post(path, body) : Promise.reject(new Error('closed')))

  const told = { frame, reference, basemap, baseTiles, problem, head, asked }
  return { ...told, isForbidden, link, silence, now, open, close, refresh, fail, ask, fetch, post }
})
