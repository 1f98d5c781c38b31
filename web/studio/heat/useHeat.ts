import { computed, onScopeDispose, type Ref, shallowRef, watch } from 'vue'
import type { Bbox } from '#domain/geo/bbox.ts'
import { decodeHeat } from '#domain/heat/codec.ts'
import type { Counts } from '#domain/heat/counts.ts'
import type { HeatFilter } from '#domain/heat/heatFilter.ts'
import { hourlyCounts } from '#domain/heat/hourlyCounts.ts'
import { latticeOver, levelOver } from '#domain/heat/lattice.ts'
import { breachedIn, decidedIn } from '#domain/heat/quantity.ts'
import { windowFor } from '#domain/heat/windowFor.ts'
import { shownBbox } from '../../map/camera.ts'
import { defaultScope } from '../../stores/areas.ts'
import { mapAreas } from '../../wall/mapSceneOf.ts'
import type { useStudioStore } from '../studioStore.ts'
import { busiestFrame, frameAt } from '../time/frames.ts'
import type { Playback } from '../time/usePlayback.ts'
import { filterOf } from '../view/filterOf.ts'
import { livedPart, type Period } from '../view/periods.ts'
import type { StudioView } from '../view/studioView.ts'
import { askCounts, askTimes, countsPath, type ToldCounts, type ToldTimes, timesPath } from './askHeat.ts'
import { geometryOf, homesIn } from './homes.ts'
import type { Picture, PictureQuestion } from './picture.ts'
import { createPictureClient } from './pictureClient.ts'

const MOST_KEPT = 200
/** Beyond it a browser spends seconds and hundreds of megabytes on one picture. */
const MOST_CELLS = 6_000_000
const WORLD: Bbox = [-180, -85, 180, 85]
type Paths = { readonly counts: string; readonly breached: string | null }

/** What is drawn, and what it was made of. */
export type Shown = {
  readonly key: string // of the question
  readonly picture: Picture
  readonly periods: readonly Period[]
  readonly counts: readonly Counts[]
  readonly told: readonly ToldCounts[]
}

export function createHeat(
  store: ReturnType<typeof useStudioStore>,
  view: Readonly<Ref<StudioView>>,
  now: Readonly<Ref<number>>,
  playback: Playback,
  mapBounds: Readonly<Ref<Bbox | null>>,
  texts: { tooFine(): string; fault(error: unknown): string },
) {
  const shown = shallowRef<Shown | null>(null)
  const failure = shallowRef<string | null>(null)
  const times = shallowRef<readonly ToldTimes[]>([])
  const timesFailure = shallowRef<string | null>(null)
  const client = createPictureClient()
  const kept = new Map<string, ToldCounts>()
  let turn = 0
  let timesTurn = 0
  let playScale: { readonly key: string; readonly breaks: readonly number[] } | null = null

  const areas = computed(() => (store.frame ? mapAreas(store.frame.areas) : []))
  const root = computed(() => view.value.area ?? (store.frame ? defaultScope(store.frame) : null))
  const bounds = computed<Bbox | null>(() => {
    const own = shownBbox(areas.value, root.value)
    const [west, south, east, north] = own ?? store.frame?.settings.bounds ?? []
    return north === undefined ? null : windowFor([west ?? 0, south ?? 0, east ?? 0, north], view.value.bandwidthM)
  })
  const asked = computed(() => store.asked ?? 0)
  const wholePeriods = computed<readonly Period[]>(() => {
    const { comparison, period, other } = view.value
    return comparison === 'single' ? [period] : [period, other]
  })
  /** The periods that the maps count: whole ones, or the frame that plays. */
  const periods = computed<readonly Period[]>(() => {
    const { frame } = playback
    if (frame.value === null) return wholePeriods.value.map(period => livedPart(period, now.value))
    const at = frame.value
    return wholePeriods.value.map(period => frameAt(livedPart(period, now.value), view.value.play, at))
  })
  /** A share is of what has been decided; the breached ones are asked for on their own. */
  const pathsOf = (period: Period): Paths => {
    const filter = filterOf(view.value, period, now.value, bounds.value)
    const path = (part: HeatFilter) => countsPath(part, view.value.bandwidthM)
    if (view.value.quantity !== 'share') return { counts: path(filter), breached: null }
    return { counts: path(decidedIn(filter)), breached: path(breachedIn(filter)) }
  }
  const paths = computed(() => periods.value.map(pathsOf))
  const drawing = computed(() => {
    const { quantity, bandwidthM, method, breaks, comparison, alpha, hotPerHousehold } = view.value
    const needsHomes = quantity === 'perThousand' || (alpha !== null && hotPerHousehold)
    return {
      quantity,
      bandwidthM,
      method,
      breaks,
      bounds: bounds.value ?? WORLD,
      clip: geometryOf(areas.value.find(area => area.code === root.value)?.geometry ?? null),
      homes: needsHomes ? homesIn(store.frame?.areas ?? [], view.value.area) : [],
      isDifference: comparison === 'difference',
      hot: alpha === null ? null : { alpha, perHousehold: hotPerHousehold },
    }
  })
  const keyOf = (asked: readonly Paths[], drawn: typeof drawing.value) =>
    JSON.stringify([asked, { ...drawn, clip: root.value, homes: drawn.homes.map(({ code }) => code) }])
  const key = computed(() => keyOf(paths.value, drawing.value))
  const isCurrent = computed(() => shown.value?.key === key.value && failure.value === null)

  async function load(): Promise<void> {
    turn += 1
    const mine = turn
    failure.value = null
    const wanted = { key: key.value, periods: periods.value, paths: paths.value, drawing: drawing.value }
    try {
      if (isTooFine(wanted.drawing)) throw new Error(texts.tooFine())
      const told = await Promise.all(wanted.paths.map(both))
      if (mine !== turn) return
      const isWanted = () => mine === turn
      const breaks = wanted.drawing.breaks ?? (await breaksWhilePlaying(wanted.drawing, isWanted))
      const picture = await draw({ ...wanted.drawing, breaks, periods: told.map(bytesOf) }, isWanted)
      if (mine !== turn || picture === null) return
      const all = told.map(each => each.counts)
      shown.value = { ...wanted, picture, told: all, counts: all.map(({ bytes }) => decodeHeat(bytes).counts) }
      if (playback.isPlaying.value) void prefetch()
    } catch (error) {
      if (mine !== turn) return
      // Old figures under new words would be a lie: the maps are emptied.
      shown.value = null
      failure.value = texts.fault(error)
    }
  }

  /** Null when it is no longer wanted. One that an older question pushed out of the queue is asked again. */
  async function draw(question: PictureQuestion, isWanted: () => boolean): Promise<Picture | null> {
    while (isWanted()) {
      const answer = await client.draw(question)
      if (answer === null) continue
      if (answer.error !== null) throw new Error(answer.error)
      return answer.picture
    }
    return null
  }

  /** While it plays, one scale holds for all frames: that of the window in which most happened. */
  async function breaksWhilePlaying(
    drawn: typeof drawing.value,
    isWanted: () => boolean,
  ): Promise<readonly number[] | null> {
    if (playback.frame.value === null) return null
    const lived = wholePeriods.value.map(period => livedPart(period, now.value))
    const busiest = lived.map((period, i) =>
      busiestFrame(period, view.value.play, hourlyCounts(times.value[i]?.days ?? [], period.from, period.to, zoneOf())),
    )
    const windows = lived.map((period, i) => frameAt(period, view.value.play, busiest[i] ?? 0))
    const scaleKey = keyOf(windows.map(pathsOf), drawn)
    if (playScale?.key === scaleKey) return playScale.breaks
    const told = await Promise.all(windows.map(window => both(pathsOf(window))))
    const picture = await draw({ ...drawn, periods: told.map(bytesOf) }, isWanted)
    if (picture === null) return null
    playScale = { key: scaleKey, breaks: picture.breaks }
    return picture.breaks
  }
  const zoneOf = () => store.frame?.settings.timezone ?? 'UTC'

  async function prefetch(): Promise<void> {
    const next = ((playback.frame.value ?? 0) + 1) % playback.frames.value
    const windows = wholePeriods.value.map(period => frameAt(livedPart(period, now.value), view.value.play, next))
    await Promise.allSettled(windows.map(window => both(pathsOf(window)))) // What fails here fails again when it is its turn.
  }

  async function both({ counts: all, breached }: Paths) {
    const [counted, some] = await Promise.all([counts(all), breached === null ? null : counts(breached)])
    return { counts: counted, breached: some }
  }
  const bytesOf = (told: Awaited<ReturnType<typeof both>>) => ({
    counts: told.counts.bytes,
    breached: told.breached?.bytes ?? null,
  })

  async function counts(path: string): Promise<ToldCounts> {
    const known = kept.get(path)
    if (known) return known
    const told = await askCounts(store.fetch, path)
    kept.set(path, told)
    const [oldest] = kept.keys()
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
    return told
  }

  const timeBounds = computed<Bbox | null>(() => {
    const { box } = view.value
    return box === 'all' ? null : box === 'map' ? mapBounds.value : box
  })
  /** All hours and weekdays: what is not selected stands beside what is. */
  const timePaths = computed(() =>
    wholePeriods.value.map(period =>
      timesPath(filterOf({ ...view.value, hour: null, weekday: null }, period, now.value, timeBounds.value)),
    ),
  )
  const timesKey = computed(() => JSON.stringify([timePaths.value, asked.value]))
  const answeredTimes = shallowRef('')
  async function loadTimes(): Promise<void> {
    timesTurn += 1
    const mine = timesTurn
    const wanted = timesKey.value
    try {
      const told = await Promise.all(timePaths.value.map(path => askTimes(store.fetch, path)))
      if (mine !== timesTurn) return
      times.value = told
      timesFailure.value = null
      answeredTimes.value = wanted
    } catch (error) {
      if (mine !== timesTurn) return
      times.value = []
      answeredTimes.value = wanted
      timesFailure.value = texts.fault(error)
    }
  }

  watch(
    asked,
    () => kept.clear(), // What was late may have come since.
  )
  watch(timesKey, loadTimes, { immediate: true })
  watch(() => [key.value, asked.value].join(' '), load, { immediate: true })
  playback.waitFor(() => isCurrent.value)
  const areTimesCurrent = computed(() => answeredTimes.value === timesKey.value && timesFailure.value === null)
  /** Nothing is under way: what was asked for is drawn, or said to have failed. */
  const isAnswered = computed(
    () => (isCurrent.value || failure.value !== null) && answeredTimes.value === timesKey.value,
  )
  onScopeDispose(() => {
    turn = timesTurn = -1
    client.close()
  })
  function retry(): void {
    void load()
    void loadTimes()
  }
  return {
    areas,
    root,
    limits: bounds,
    shown,
    failure,
    times,
    timesFailure,
    isCurrent,
    areTimesCurrent,
    isAnswered,
    retry,
    wholePeriods,
    periods,
  }
}

function isTooFine({ bounds, bandwidthM }: Pick<PictureQuestion, 'bounds' | 'bandwidthM'>): boolean {
  const { width, height } = latticeOver(bounds, levelOver(bounds, bandwidthM))
  return width * height > MOST_CELLS
}
