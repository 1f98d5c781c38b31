import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { everyIncident } from '#domain/heat/heatFilter.ts'
import { nextLocalDay, startOfLocalDay } from '#domain/time/localTime.ts'
import { type Api, type Problem, problemOf } from '../graphql/client.ts'
import { AreaDayDocument, WallFiguresDocument, WallFrameDocument, WallSourcesDocument } from '../graphql/generated.ts'
import { type BaseTiles, followBaseTiles } from '../map/baseTiles.ts'
import { defaultScope, within } from './areas.ts'
import { type Ahead, type Link, linkState, nextAhead } from './freshness.ts'
import { askBasemap, askHeat, type Basemap } from './mapData.ts'
import { readClockStep, readFigures, readFrame, readSources } from './readWall.ts'
import { hearServerTime, monotonic, serverTime, useTick } from './time.ts'
import { type Trail, withTrails } from './trails.ts'
import { askSnapshot, followWall, type Snapshot } from './wallFeed.ts'
import type {
  AreaDay,
  ClockStep,
  WallFigures,
  WallFix,
  WallFrame,
  WallLive,
  WallPolicy,
  WallSource,
} from './wallState.ts'

const FIGURES_EVERY_MS = 5000
const FIGURES_AT_LEAST_EVERY_MS = 60_000
const AREA_DAYS_EVERY_MS = 60_000
const SOURCES_EVERY_MS = 8000
const HEAT_EVERY_MS = 30_000
const GIVE_UP_SOCKET_MS = 30_000
const MOST_AREA_DAYS = 12
export const FLOW_STEP = 'PT5M'

const iso = (at: number): string => new Date(at).toISOString()

/** One wall: what it shows of which area, at which instant, and how old that is. */
export const useWallStore = defineStore('wall', () => {
  const frame = shallowRef<WallFrame | null>(null)
  const live = shallowRef<WallLive | null>(null)
  const fixes = shallowRef<ReadonlyMap<string, WallFix>>(new Map())
  const trails = shallowRef<ReadonlyMap<string, Trail>>(new Map())
  const basemap = shallowRef<readonly Basemap[]>([])
  const baseTiles = shallowRef<BaseTiles | null>(null)
  const heatCounts = shallowRef<Uint8Array | null>(null)
  const policies = shallowRef<readonly WallPolicy[]>([])
  const toldSources = shallowRef<readonly WallSource[]>([])
  const clockStep = shallowRef<ClockStep | null>(null)
  const figures = shallowRef<WallFigures | null>(null)
  const areaDays = shallowRef<readonly AreaDay[]>([])
  const problem = shallowRef<Problem | null>(null)
  const replayAt = shallowRef<number | null>(null)
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
  let figuresAsked = Number.NEGATIVE_INFINITY
  let daysAsked = Number.NEGATIVE_INFINITY
  let sourcesAsked = Number.NEGATIVE_INFINITY
  let heatAsked = Number.NEGATIVE_INFINITY
  let areFiguresDue = true
  let reachedPosition = -1

  const speed = computed(() => frame.value?.settings.simulate ?? 1)
  /** The instant that the wall shows: the replayed one, or the server's now. Null before it is known. */
  const now = computed(() => {
    void tick.value
    return replayAt.value ?? serverTime()
  })
  const link = computed<Link>(() => {
    void tick.value
    if (replayAt.value !== null) return 'replay'
    return linkState({ silentMs: silentMs(), behindMs: behindMs(), isSocketOpen: isSocketOpen.value })
  })
  /** How old what the wall shows may be. */
  const silence = computed(() => {
    void tick.value
    return Math.max(silentMs(), behindMs())
  })
  /** What tells positions is as old as their stream to this wall, however well the server hears it. */
  const sources = computed(() => {
    const stopped = positionsStoppedAt.value
    if (stopped === null) return toldSources.value
    return toldSources.value.map(source =>
      source.kind !== 'positions' || source.lastAt === null || source.lastAt < stopped
        ? source
        : { ...source, lastAt: stopped },
    )
  })
  const scope = computed(() => frame.value && (area.value ?? defaultScope(frame.value)))

  function silentMs(): number {
    return heardAt.value === null ? 0 : monotonic() - heardAt.value
  }

  function behindMs(): number {
    return ahead.value === null ? 0 : monotonic() - ahead.value.since
  }

  async function open(withApi: Api, at: number | null): Promise<void> {
    close()
    api = withApi
    replayAt.value = at
    heardAt.value = monotonic()
    timer = setInterval(everySecond, 1000)
    await loadFrame(withApi)
  }

  async function loadFrame(withApi: Api): Promise<void> {
    try {
      frame.value = readFrame(await withApi.ask(WallFrameDocument, {}))
      problem.value = null
    } catch (error) {
      fail(error)
      setTimeout(() => api === withApi && void loadFrame(withApi), 3000)
      return
    }
    if (api !== withApi) return
    void loadBasemap(withApi, frame.value.settings.basemap)
    stopTiles = followBaseTiles(withApi, tiles => {
      baseTiles.value = tiles
    })
    if (replayAt.value !== null) await loadInstant(withApi, replayAt.value)
    else {
      const sink = { heard, reached, followsPositions, snapshot, failed: fail, live: keepLive, fixes: keepFixes }
      stopFeed = followWall(withApi, dayStart, sink)
    }
  }

  /** The map stands without it; a layer that doesn't come is only not drawn. */
  async function loadBasemap(withApi: Api, ids: readonly string[]): Promise<void> {
    const layers = await Promise.allSettled(ids.map(id => askBasemap(withApi, id)))
    if (api === withApi) basemap.value = layers.flatMap(layer => (layer.status === 'fulfilled' ? [layer.value] : []))
  }

  async function loadInstant(withApi: Api, at: number): Promise<void> {
    try {
      const shown = await askSnapshot(withApi, dayStart(), at)
      snapshot(shown)
      keepFixes(shown.fixes)
    } catch (error) {
      fail(error)
      setTimeout(() => api === withApi && void loadInstant(withApi, at), 3000)
    }
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
    live.value = shown.live
    policies.value = shown.policies
    toldSources.value = shown.sources
    areFiguresDue = true
  }

  function keepLive(next: WallLive): void {
    live.value = next
    areFiguresDue = true
  }

  function keepFixes(next: ReadonlyMap<string, WallFix>): void {
    trails.value = withTrails(trails.value, next)
    fixes.value = next
  }

  function fail(error: unknown): void {
    problem.value = problemOf(error)
  }

  function dayStart(): number | null {
    const at = replayAt.value ?? serverTime()
    return at === null || !frame.value ? null : startOfLocalDay(at, frame.value.settings.timezone)
  }

  /** Shows another area; its figures are asked for at once. */
  function show(code: string | null): void {
    if (code === area.value) return
    area.value = code
    figures.value = null
    areaDays.value = []
    areFiguresDue = true
    figuresAsked = daysAsked = Number.NEGATIVE_INFINITY
  }

  function everySecond(): void {
    if (!api || !live.value) return
    const since = monotonic()
    const isReplay = replayAt.value !== null
    isSocketOpen.value = api.isSocketOpen.value
    if (!isReplay && isSocketOpen.value && silentMs() > GIVE_UP_SOCKET_MS) api.terminate()
    if (since - figuresAsked >= (areFiguresDue ? FIGURES_EVERY_MS : FIGURES_AT_LEAST_EVERY_MS)) {
      if (!isReplay || areFiguresDue) void askFigures(api)
    }
    if (since - daysAsked >= AREA_DAYS_EVERY_MS && (!isReplay || areaDays.value.length === 0)) void askAreaDays(api)
    if (since - heatAsked >= HEAT_EVERY_MS && (!isReplay || heatCounts.value === null)) void loadHeat(api)
    if (!isReplay && since - sourcesAsked >= SOURCES_EVERY_MS) void askSources(api)
  }

  function localDay() {
    const at = replayAt.value ?? serverTime()
    if (at === null || !frame.value) return null
    const zone = frame.value.settings.timezone
    const asOf = replayAt.value === null ? undefined : { at: iso(replayAt.value) }
    return { at, from: startOfLocalDay(at, zone), to: nextLocalDay(at, zone), asOf }
  }

  async function askFigures(from: Api): Promise<void> {
    const day = localDay()
    const code = scope.value ?? undefined
    if (!day) return
    figuresAsked = monotonic()
    areFiguresDue = false
    try {
      const variables = { area: code, from: iso(day.from), to: iso(day.to), step: FLOW_STEP, asOf: day.asOf }
      const data = await from.ask(WallFiguresDocument, variables)
      if (from === api && code === (scope.value ?? undefined))
        figures.value = readFigures(data, day.at, day.from, day.to)
    } catch (error) {
      areFiguresDue = true
      fail(error)
    }
  }

  async function askAreaDays(from: Api): Promise<void> {
    const day = localDay()
    const parent = scope.value
    if (!day || !frame.value) return
    daysAsked = monotonic()
    const children = within(frame.value.areas, parent).slice(0, MOST_AREA_DAYS)
    try {
      // One after the other: nobody waits for these, and the server has other things to do.
      for (const { code } of children) {
        const variables = { area: code, from: iso(day.from), to: iso(day.to), asOf: day.asOf }
        const told = await from.ask(AreaDayDocument, variables)
        if (from !== api || parent !== scope.value) return
        areaDays.value = [...areaDays.value.filter(known => known.code !== code), { code, ...told }]
      }
    } catch (error) {
      fail(error)
    }
  }

  async function loadHeat(from: Api): Promise<void> {
    const at = replayAt.value ?? serverTime()
    if (at === null || !frame.value) return
    heatAsked = monotonic()
    try {
      const window = everyIncident(at - frame.value.settings.heat.windowMs, at)
      const counts = await askHeat(from, { ...window, asOf: replayAt.value })
      if (from === api) heatCounts.value = counts
    } catch {
      // The last heat stays until it is older than its window means something; its age stands beside the legend.
    }
  }

  async function askSources(from: Api): Promise<void> {
    sourcesAsked = monotonic()
    try {
      const { sources: told, settings } = await from.ask(WallSourcesDocument, {})
      if (from !== api) return
      toldSources.value = readSources(told)
      clockStep.value = readClockStep(settings)
    } catch (error) {
      fail(error)
    }
  }

  function close(): void {
    stopFeed()
    stopFeed = () => {}
    stopTiles()
    stopTiles = () => {}
    clearInterval(timer)
    api?.close()
    api = null
    live.value = null
    ahead.value = null
    reachedPosition = -1
    positionsStoppedAt.value = null
    clockStep.value = null
    fixes.value = new Map()
    trails.value = new Map()
    heatCounts.value = null
    heatAsked = figuresAsked = daysAsked = sourcesAsked = Number.NEGATIVE_INFINITY
    figures.value = null
    areaDays.value = []
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
    policies,
    sources,
    clockStep,
    figures,
    areaDays,
    problem,
    replayAt,
    area,
    heardTime,
  }
  return { ...told, scope, now, link, silence, speed, open, show, close, ask }
})
