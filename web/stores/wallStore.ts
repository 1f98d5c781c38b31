import { defineStore } from 'pinia'
import { computed, markRaw, shallowRef } from 'vue'
import { startOfLocalDay } from '#domain/time/localTime.ts'
import { type Api, type Problem, problemOf } from '../graphql/client.ts'
import { askFrame, frameAhead } from '../graphql/frameAhead.ts'
import { type BaseTiles, followBaseTiles } from '../map/baseTiles.ts'
import { wallReplay } from '../replay/wallReplay.ts'
import { areaOf, defaultScope } from './areas.ts'
import { type Ahead, type Link, linkState, nextAhead } from './freshness.ts'
import { heatShown } from './liveHeat.ts'
import { askBasemap, type Basemap } from './mapData.ts'
import { readFrame } from './readWall.ts'
import { hearServerTime, machineTime, monotonic, serverTime, useTick } from './time.ts'
import { type Trail, withTrails } from './trails.ts'
import { followWall, type Snapshot } from './wallFeed.ts'
import { wallFigures } from './wallFigures.ts'
import type { WallFix, WallFrame, WallLive, WallPolicy } from './wallState.ts'

const GIVE_UP_SOCKET_MS = 30_000
const RETRY_MS = 3000

/** One wall: what it shows of which area, live or at a replayed instant, and how old that is. */
export const useWallStore = defineStore('wall', () => {
  const frame = shallowRef<WallFrame | null>(null)
  const liveNow = shallowRef<WallLive | null>(null)
  const fixesNow = shallowRef<ReadonlyMap<string, WallFix>>(new Map())
  const trailsNow = shallowRef<ReadonlyMap<string, Trail>>(new Map())
  const policiesNow = shallowRef<readonly WallPolicy[]>([])
  const basemap = shallowRef<readonly Basemap[]>([])
  const baseTiles = shallowRef<BaseTiles | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const area = shallowRef<string | null>(null) // as the address says
  const heardAt = shallowRef<number | null>(null) // monotonic, of the last message of the stream of changes
  const ahead = shallowRef<Ahead | null>(null) // what the log has and the wall has not
  const positionsStoppedAt = shallowRef<number | null>(null) // server time; null while they come
  const heardTime = shallowRef<number | null>(null) // server time of the last heartbeat
  const isSocketOpen = shallowRef(false)
  const tick = useTick()

  let api: Api | null = null
  let stopFeed = () => {}
  let stopTiles = () => {}
  let timer: ReturnType<typeof setInterval> | undefined
  let reachedPosition = -1
  let follow = () => {}
  /** All but the boundaries is asked for once they are drawn, or are not to be waited for. */
  const mayFollow = new Promise<void>(resolve => {
    follow = resolve
  })

  /** What the viewer may not see, or nobody knows, is not shown as an area in which nothing happens. */
  const scope = computed(
    () => frame.value && (areaOf(frame.value.areas, area.value)?.code ?? defaultScope(frame.value)),
  )
  const present = wallFigures({ api: () => api, frame: () => frame.value, scope: () => scope.value, failed: fail })
  const replay = markRaw(wallReplay())
  const moment = replay.moment
  const isReplay = computed(() => replay.transport.value !== null)

  // What is shown is all of the present or all of one replayed instant, never some of each.
  const live = computed(() => (isReplay.value ? (moment.value?.live ?? null) : liveNow.value))
  const fixes = computed(() => (isReplay.value ? (moment.value?.fixes ?? NOBODY) : fixesNow.value))
  const trails = computed(() => (isReplay.value ? (moment.value?.trails ?? NO_TRAILS) : trailsNow.value))
  const policies = computed(() => (isReplay.value ? (moment.value?.policies ?? []) : policiesNow.value))
  const figures = computed(() => (isReplay.value ? (moment.value?.figures ?? null) : present.figures.value))
  const areaDays = computed(() => (isReplay.value ? (moment.value?.areaDays ?? []) : present.areaDays.value))
  const heatNow = computed(() => {
    void tick.value
    const windowMs = frame.value?.settings.heat.windowMs ?? 0
    return heatShown(present.heat.value, { now: serverTime(), monotonicMs: monotonic(), windowMs })
  })
  const heatCounts = computed(() => (isReplay.value ? moment.value?.heatCounts : heatNow.value?.counts) ?? null)
  /** Of which earlier instant the heat still is: while a hand scrubs, or where none has come for a while. */
  const heatUntil = computed(() => {
    if (!isReplay.value) return heatNow.value?.until ?? null
    return moment.value !== null && moment.value.heatAt !== moment.value.at ? moment.value.heatAt : null
  })
  const isHeatFailing = computed(() => !isReplay.value && present.isHeatFailing.value)
  /** The replayed instant that is shown, or is about to be; null: the present is. */
  const replayAt = computed(() => (isReplay.value ? (moment.value?.at ?? replay.transport.value?.at ?? null) : null))

  const speed = computed(() => frame.value?.settings.simulate ?? 1)
  /** The server's time, whatever is shown; the machine's own until it is known. */
  const realTime = computed(() => {
    void tick.value
    return serverTime() ?? (isReplay.value ? machineTime() : null)
  })
  /** The instant that the wall shows: the replayed one, or the server's now. Null before it is known. */
  const now = computed(() => {
    void tick.value
    return replayAt.value ?? serverTime()
  })
  /** How the present comes, also while the past is shown. */
  const presentLink = computed(() => {
    void tick.value
    return linkState({ silentMs: silentMs(), behindMs: behindMs(), isSocketOpen: isSocketOpen.value })
  })
  const link = computed<Link>(() => (isReplay.value ? 'replay' : presentLink.value))
  /** How old what the wall shows may be. */
  const silence = computed(() => {
    void tick.value
    return Math.max(silentMs(), behindMs())
  })
  /** What tells positions is as old as their stream to this wall, however well the server hears it. */
  const sources = computed(() => {
    const stopped = positionsStoppedAt.value
    if (stopped === null) return present.sources.value
    return present.sources.value.map(source =>
      source.kind !== 'positions' || source.lastAt === null || source.lastAt < stopped
        ? source
        : { ...source, lastAt: stopped },
    )
  })

  function silentMs(): number {
    return heardAt.value === null ? 0 : monotonic() - heardAt.value
  }

  function behindMs(): number {
    return ahead.value === null ? 0 : monotonic() - ahead.value.since
  }

  async function open(withApi: Api): Promise<void> {
    close()
    api = withApi
    heardAt.value = monotonic()
    timer = setInterval(everySecond, 1000)
    await loadFrame(withApi)
  }

  async function loadFrame(withApi: Api): Promise<void> {
    try {
      // Without a wait where it is here: the page is laid out once.
      frame.value = readFrame(frameAhead() ?? (await askFrame(withApi)))
      problem.value = null
    } catch (error) {
      fail(error)
      setTimeout(() => api === withApi && void loadFrame(withApi), RETRY_MS)
      return
    }
    if (api !== withApi) return
    replay.open({
      api: withApi,
      frame: frame.value,
      area: () => scope.value,
      now: () => serverTime() ?? machineTime(),
      failed: fail,
    })
    await mayFollow
    if (api !== withApi) return
    void loadBasemap(withApi, frame.value.settings.basemap)
    stopTiles = followBaseTiles(withApi, tiles => {
      baseTiles.value = tiles
    })
    const sink = { heard, reached, followsPositions, snapshot, failed: fail, live: keepLive, fixes: keepFixes }
    stopFeed = followWall(withApi, dayStart, sink)
  }

  /** The map stands without it; a layer that doesn't come is only not drawn. */
  async function loadBasemap(withApi: Api, ids: readonly string[]): Promise<void> {
    const layers = await Promise.allSettled(ids.map(id => askBasemap(withApi, id)))
    if (api === withApi) basemap.value = layers.flatMap(layer => (layer.status === 'fulfilled' ? [layer.value] : []))
  }

  function heard(beat: { readonly serverTime: number; readonly head: number } | null): void {
    heardAt.value = monotonic()
    problem.value = null
    if (beat === null) return
    heardTime.value = beat.serverTime
    hearServerTime(beat.serverTime, speed.value)
    ahead.value = nextAhead(ahead.value, reachedPosition, beat.head, monotonic())
  }

  function reached(position: number): void {
    reachedPosition = position
    ahead.value = nextAhead(ahead.value, position, ahead.value?.head ?? position, monotonic())
  }

  function followsPositions(isFollowing: boolean): void {
    positionsStoppedAt.value = isFollowing ? null : (positionsStoppedAt.value ?? serverTime())
  }

  function snapshot(shown: Snapshot): void {
    liveNow.value = shown.live
    policiesNow.value = shown.policies
    present.sources.value = shown.sources
    present.due()
  }

  function keepLive(next: WallLive): void {
    liveNow.value = next
    present.due()
  }

  function keepFixes(next: ReadonlyMap<string, WallFix>): void {
    trailsNow.value = withTrails(trailsNow.value, next)
    fixesNow.value = next
  }

  function fail(error: unknown): void {
    problem.value = problemOf(error)
  }

  function dayStart(): number | null {
    const at = serverTime()
    return at === null || !frame.value ? null : startOfLocalDay(at, frame.value.settings.timezone)
  }

  /** Shows another area; its figures are asked for at once. */
  function show(code: string | null): void {
    if (code === area.value) return
    area.value = code
    present.renew()
    replay.wake()
  }

  function everySecond(): void {
    if (!api || !liveNow.value) return
    isSocketOpen.value = api.isSocketOpen.value
    if (isSocketOpen.value && silentMs() > GIVE_UP_SOCKET_MS) api.terminate()
    present.everySecond(isReplay.value)
  }

  function close(): void {
    stopFeed()
    stopFeed = () => {}
    stopTiles()
    stopTiles = () => {}
    clearInterval(timer)
    api?.close()
    api = null
    replay.close()
    liveNow.value = null
    ahead.value = null
    reachedPosition = -1
    positionsStoppedAt.value = null
    fixesNow.value = new Map()
    trailsNow.value = new Map()
    present.forget()
  }

  /** For what a panel needs of its own; refused while no token holds. */
  const ask: Api['ask'] = (query, variables) => (api ? api.ask(query, variables) : Promise.reject(new Error('closed')))

  const told = {
    frame,
    live,
    fixes,
    trails,
    basemap,
    baseTiles,
    heatCounts,
    heatUntil,
    isHeatFailing,
    policies,
    sources,
    clockStep: present.clockStep,
  }
  const times = { replayAt, realTime, now, link, presentLink, silence, speed, heardTime }
  return { ...told, ...times, figures, areaDays, problem, area, scope, moment, open, follow, show, close, ask, replay }
})

const NOBODY: ReadonlyMap<string, WallFix> = new Map()
const NO_TRAILS: ReadonlyMap<string, Trail> = new Map()
