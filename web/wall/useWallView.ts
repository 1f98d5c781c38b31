import { computed, type InjectionKey, inject, provide } from 'vue'
import { lanes } from '../sla/lanes.ts'
import { liveIncidents } from '../sla/liveIncident.ts'
import { queueOrder, titleBeside } from '../sla/queue.ts'
import { areaOf, defaultScope, placeLabel, subtree, within } from '../stores/areas.ts'
import type { WallIncident, WallWorker } from '../stores/wallState.ts'
import { useWallStore } from '../stores/wallStore.ts'
import { hotGrids } from './hotGrid.ts'
import { openTotal } from './panels.ts'
import { useRotation } from './useRotation.ts'

/** What the zones share: the store's state of the area shown, run on to the instant shown. */
export type WallView = ReturnType<typeof createWallView>
const KEY: InjectionKey<WallView> = Symbol('wall view')

export function provideWallView(): WallView {
  const view = createWallView()
  provide(KEY, view)
  return view
}

export function useWallView(): WallView {
  const view = inject(KEY)
  if (!view) throw new Error('a zone stands outside the wall')
  return view
}

function createWallView() {
  const wall = useWallStore()
  const isInScope = (path: readonly string[]) => wall.scope === null || path.includes(wall.scope)
  /** Codes of the area shown and of all below it. */
  const scopeCodes = computed(() => (wall.frame ? subtree(wall.frame.areas, wall.scope) : new Set<string>()))
  const incidents = computed<readonly WallIncident[]>(() =>
    wall.live ? [...wall.live.incidents.values()].filter(incident => isInScope(incident.path)) : [],
  )
  const workers = computed<readonly WallWorker[]>(() => {
    if (!wall.live) return []
    const all = [...wall.live.workers.values()]
    return wall.scope === null ? all : all.filter(worker => worker.area === null || scopeCodes.value.has(worker.area))
  })
  const open = computed(() =>
    wall.now === null ? [] : liveIncidents(incidents.value, wall.now, wall.link === 'live' || wall.link === 'replay'),
  )
  const queue = computed(() => queueOrder(open.value))
  const total = computed(() => openTotal(open.value.length, wall.live?.unlisted ?? 0, wall.figures))
  const awaiting = computed(() => incidents.value.filter(incident => incident.status === 'RESOLVED'))
  const runwayLanes = computed(() => lanes(wall.policies, open.value, wall.figures?.overall ?? []))
  const symbols = computed(
    () => new Map(wall.frame?.categories.map(category => [category.id, category.symbol] as const) ?? []),
  )
  const home = computed(() => (wall.frame ? defaultScope(wall.frame) : null))
  // As text: every tick ranks anew, and what reads the list is worked out again only when it changed.
  const hotText = computed(() => (wall.frame ? hotGrids(wall.frame.areas, open.value).join(' ') : ''))
  const hot = computed(() => hotText.value.split(' ').filter(code => code !== ''))
  const rotation = useRotation(
    () => hot.value,
    () => wall.link === 'live',
  )
  /** The area whose plate the address asks for. */
  const asked = computed(() => {
    if (!wall.frame || wall.scope === null) return null
    const { areas } = wall.frame
    const isGrid = areaOf(areas, wall.scope)?.level === 'grid' || within(areas, wall.scope).length === 0
    return isGrid ? wall.scope : null
  })
  /** The area whose plate is shown: the one of the address, else each hot grid in turn. */
  const selected = computed(() => asked.value ?? rotation.code.value)
  const round = computed(() => (asked.value === null ? rotation.place.value : null))
  const labelOf = (incident: WallIncident) =>
    (wall.frame && placeLabel(wall.frame.areas, incident.path)) ?? incident.areaName
  const categoryNames = computed(
    () => new Map(wall.frame?.categories.map(category => [category.id, category.name] as const) ?? []),
  )
  const titleOf = ({ title, category }: WallIncident) => titleBeside(title, categoryNames.value.get(category) ?? '')
  /** The clock by which areas are compared: the last of the first policy, which is the whole promise. */
  const comparedClock = computed(() => wall.policies[0]?.clocks.at(-1)?.name ?? null)
  return {
    open,
    total,
    queue,
    awaiting,
    workers,
    scopeCodes,
    runwayLanes,
    symbols,
    home,
    selected,
    round,
    comparedClock,
    labelOf,
    titleOf,
  }
}
