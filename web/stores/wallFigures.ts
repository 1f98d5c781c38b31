/** What a live wall asks for again and again: the day's figures, those of its areas, heat, and its sources. */
import { shallowRef } from 'vue'
import { everyIncident } from '#domain/heat/heatFilter.ts'
import { nextLocalDay, startOfLocalDay } from '#domain/time/localTime.ts'
import type { Api } from '../graphql/client.ts'
import { AreaDayDocument, WallFiguresDocument, WallSourcesDocument } from '../graphql/generated.ts'
import { within } from './areas.ts'
import { HEAT_EVERY_MS, type LiveHeat } from './liveHeat.ts'
import { askHeat } from './mapData.ts'
import { readClockStep, readFigures, readSources } from './readWall.ts'
import { monotonic, serverTime } from './time.ts'
import type { AreaDay, ClockStep, WallFigures, WallFrame, WallSource } from './wallState.ts'

const FIGURES_EVERY_MS = 5000
const FIGURES_AT_LEAST_EVERY_MS = 60_000
const AREA_DAYS_EVERY_MS = 60_000
const SOURCES_EVERY_MS = 8000
const MOST_AREA_DAYS = 12
const FLOW_STEP = 'PT5M'

const iso = (at: number): string => new Date(at).toISOString()

export type Asking = {
  api(): Api | null
  frame(): WallFrame | null
  scope(): string | null
  failed(error: unknown): void
}

export function wallFigures({ api, frame, scope, failed }: Asking) {
  const figures = shallowRef<WallFigures | null>(null)
  const areaDays = shallowRef<readonly AreaDay[]>([])
  const heat = shallowRef<LiveHeat | null>(null)
  const isHeatFailing = shallowRef(false)
  const sources = shallowRef<readonly WallSource[]>([])
  const clockStep = shallowRef<ClockStep | null>(null)
  let [figuresAsked, daysAsked, sourcesAsked, heatAsked] = [NEVER, NEVER, NEVER, NEVER]
  let areDue = true

  /** Called once a second. Somebody who looks at the past needs to know only whether the sources are heard. */
  function everySecond(isReplay: boolean): void {
    const since = monotonic()
    const from = api()
    if (from === null) return
    if (since - sourcesAsked >= SOURCES_EVERY_MS) void askSources(from)
    if (isReplay) return
    if (since - figuresAsked >= (areDue ? FIGURES_EVERY_MS : FIGURES_AT_LEAST_EVERY_MS)) void askFigures(from)
    if (since - daysAsked >= AREA_DAYS_EVERY_MS) void askAreaDays(from)
    if (since - heatAsked >= HEAT_EVERY_MS) void loadHeat(from)
  }

  function localDay() {
    const at = serverTime()
    const zone = frame()?.settings.timezone
    if (at === null || zone === undefined) return null
    return { at, from: startOfLocalDay(at, zone), to: nextLocalDay(at, zone) }
  }

  async function askFigures(from: Api): Promise<void> {
    const day = localDay()
    const code = scope() ?? undefined
    if (!day) return
    figuresAsked = monotonic()
    areDue = false
    try {
      const variables = { area: code, from: iso(day.from), to: iso(day.to), step: FLOW_STEP }
      const data = await from.ask(WallFiguresDocument, variables)
      if (from === api() && code === (scope() ?? undefined)) figures.value = readFigures(data, day.at, day.from, day.to)
    } catch (error) {
      areDue = true
      failed(error)
    }
  }

  async function askAreaDays(from: Api): Promise<void> {
    const day = localDay()
    const parent = scope()
    const areas = frame()?.areas
    if (!day || !areas) return
    daysAsked = monotonic()
    const children = within(areas, parent).slice(0, MOST_AREA_DAYS)
    try {
      // One after the other: nobody waits for these, and the server has other things to do.
      for (const { code } of children) {
        const told = await from.ask(AreaDayDocument, { area: code, from: iso(day.from), to: iso(day.to) })
        if (from !== api() || parent !== scope()) return
        areaDays.value = [...areaDays.value.filter(known => known.code !== code), { code, ...told }]
      }
    } catch (error) {
      failed(error)
    }
  }

  async function loadHeat(from: Api): Promise<void> {
    const at = serverTime()
    const windowMs = frame()?.settings.heat.windowMs
    if (at === null || windowMs === undefined) return
    const asked = monotonic()
    heatAsked = asked
    try {
      const counts = await askHeat(from, everyIncident(at - windowMs, at))
      // An answer that was long under way is as old as its question, and a newer one stays.
      if (from !== api() || (heat.value !== null && heat.value.at > at)) return
      heat.value = { counts, at, askedAt: asked }
      isHeatFailing.value = false
    } catch {
      isHeatFailing.value = true // Told beside the legend: everything else on the wall may well be of now.
    }
  }

  async function askSources(from: Api): Promise<void> {
    sourcesAsked = monotonic()
    try {
      const { sources: told, settings } = await from.ask(WallSourcesDocument, {})
      if (from !== api()) return
      sources.value = readSources(told)
      clockStep.value = readClockStep(settings)
    } catch (error) {
      failed(error)
    }
  }

  return {
    figures,
    areaDays,
    heat,
    isHeatFailing,
    sources,
    clockStep,
    everySecond,
    /** Something changed: the figures are asked for at the next turn. */
    due() {
      areDue = true
    },
    /** Another area is shown; its figures are asked for at once. */
    renew() {
      figures.value = null
      areaDays.value = []
      areDue = true
      figuresAsked = daysAsked = NEVER
    },
    forget() {
      figures.value = clockStep.value = heat.value = null
      isHeatFailing.value = false
      areaDays.value = []
      figuresAsked = daysAsked = sourcesAsked = heatAsked = NEVER
    },
  }
}

const NEVER = Number.NEGATIVE_INFINITY
