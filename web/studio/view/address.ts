/** The view in the address and back. What an address says wrongly is named and left out; nothing is guessed. */
import type { Bbox } from '#domain/geo/bbox.ts'
import { LONGEST_WINDOW_MS } from '#domain/heat/heatFilter.ts'
import { QUANTITIES } from '#domain/heat/quantity.ts'
import { instantOfLocal, localText, type Period, periodBefore, presetPeriod } from './periods.ts'
import {
  ALPHAS,
  BANDWIDTH_M,
  CLASSES,
  CLOCK_STATES,
  COMPARISONS,
  METHODS,
  type StudioView,
  TIERS,
  USUAL_PLAY,
  usualView,
} from './studioView.ts'

/** What an address is read against. */
export type Known = {
  readonly now: number
  readonly zone: string
  readonly areas: ReadonlySet<string>
  readonly categories: readonly string[]
  readonly sources: readonly string[]
  readonly clocks: readonly string[]
}
type Value = string | readonly string[] | undefined
export type Query = { readonly [key: string]: Value }
export type Dropped = { readonly key: string; readonly value: string }

export const VIEW_KEYS = [
  'from',
  'to',
  'otherFrom',
  'otherTo',
  'compare',
  'area',
  'category',
  'source',
  'tier',
  'clock',
  'clockState',
  'hour',
  'weekday',
  'asOf',
  'known',
  'bandwidth',
  'quantity',
  'classes',
  'breaks',
  'box',
  'map',
  'at',
  'alpha',
  'perHousehold',
  'window',
  'step',
  'speed',
  'loop',
  'cumulative',
  'frame',
] as const

type Key = (typeof VIEW_KEYS)[number]

export function viewOf(query: Query, known: Known): { view: StudioView; dropped: readonly Dropped[] } {
  const dropped: Dropped[] = []
  /** Reads one parameter; null from `read` means that it makes no sense. */
  const one = <T>(key: Key, usual: T, read: (text: string) => T | null): T => {
    const text = [query[key] ?? []].flat()[0]
    if (text === undefined) return usual
    const value = read(text)
    if (value !== null) return value
    dropped.push({ key, value: text })
    return usual
  }
  const many = <T>(key: Key, read: (text: string) => T | null): readonly T[] | null => {
    const values = [query[key] ?? []].flat().flatMap(text => {
      const value = read(text)
      if (value === null) dropped.push({ key, value: text })
      return value === null ? [] : [value]
    })
    return values.length > 0 ? [...new Set(values)] : null
  }
  const among =
    <T extends string>(list: readonly T[]) =>
    (text: string) =>
      list.find(each => each === text) ?? null
  const periodOf = (fromKey: Key, toKey: Key, usual: Period): Period => {
    const from = one(fromKey, usual.from, text => instantOfLocal(text, known.zone))
    const to = one(toKey, usual.to, text => instantOfLocal(text, known.zone))
    if (to > from && to - from <= LONGEST_WINDOW_MS) return { from, to }
    dropped.push({ key: toKey, value: String([query[toKey] ?? []].flat()[0] ?? '') })
    return usual
  }

  const asOf = one<number | null>('asOf', null, text => {
    const at = instantOfLocal(text, known.zone)
    return at !== null && at < known.now ? at : null
  })
  const usual = usualView(presetPeriod('days7', asOf ?? known.now, known.zone))
  const period = periodOf('from', 'to', usual.period)
  const quantity = one('quantity', usual.quantity, among(QUANTITIES))
  const view: StudioView = {
    period,
    other: periodOf('otherFrom', 'otherTo', periodBefore(period)),
    comparison: one('compare', usual.comparison, among(COMPARISONS)),
    area: one<string | null>('area', null, text => (known.areas.has(text) ? text : null)),
    category: many('category', among(known.categories)),
    source: many('source', among(known.sources)),
    tier: many('tier', among(TIERS)),
    clock: one<string | null>('clock', null, among(known.clocks)),
    // A share is of what is decided, whatever else is chosen.
    clockState: many('clockState', among(quantity === 'share' ? [] : CLOCK_STATES)),
    hour: many('hour', whole(0, 23)),
    weekday: many('weekday', whole(1, 7)),
    asOf,
    knowing: one('known', usual.knowing, among(['now', 'then'])),
    bandwidthM: one('bandwidth', usual.bandwidthM, whole(BANDWIDTH_M.least, BANDWIDTH_M.most)),
    quantity,
    method: one('classes', usual.method, among(METHODS)),
    breaks: one<readonly number[] | null>('breaks', null, breaksOf),
    box: one<StudioView['box']>('box', 'all', text => (text === 'map' ? text : boxOf(text))),
    camera: one<StudioView['camera']>('map', null, cameraOf),
    at: one<StudioView['at']>('at', null, placeOf),
    alpha: one<number | null>('alpha', null, text => ALPHAS.find(alpha => String(alpha) === text) ?? null),
    hotPerHousehold: one('perHousehold', usual.hotPerHousehold, yesOrNo),
    play: {
      windowHours: one('window', USUAL_PLAY.windowHours, whole(1, 24 * 31)),
      stepHours: one('step', USUAL_PLAY.stepHours, whole(1, 24 * 31)),
      perSecond: one('speed', USUAL_PLAY.perSecond, numberIn(0.5, 8)),
      isLooping: one('loop', USUAL_PLAY.isLooping, yesOrNo),
      isCumulative: one('cumulative', USUAL_PLAY.isCumulative, yesOrNo),
      frame: one<number | null>('frame', null, whole(0, 99_999)),
    },
  }
  return { view, dropped }
}

/** The same view always gives the same address. What is usual is not said, but for the period: it must not move. */
export function queryOf(view: StudioView, zone: string): { [key: string]: string | string[] } {
  const usual = usualView(view.period)
  const query: { [key: string]: string | string[] } = {}
  const say = (key: Key, value: unknown, unless: unknown) => {
    if (value === null || JSON.stringify(value) === JSON.stringify(unless)) return
    query[key] = Array.isArray(value) ? value.map(String) : String(value)
  }
  query['from'] = localText(view.period.from, zone)
  query['to'] = localText(view.period.to, zone)
  if (view.comparison !== 'single' || view.other.from !== usual.other.from || view.other.to !== usual.other.to) {
    query['otherFrom'] = localText(view.other.from, zone)
    query['otherTo'] = localText(view.other.to, zone)
  }
  say('compare', view.comparison, usual.comparison)
  for (const key of ['area', 'category', 'source', 'tier', 'clock', 'clockState', 'hour', 'weekday'] as const)
    say(key, view[key], null)
  say('asOf', view.asOf && localText(view.asOf, zone), null)
  say('known', view.knowing, usual.knowing)
  say('bandwidth', view.bandwidthM, usual.bandwidthM)
  say('quantity', view.quantity, usual.quantity)
  say('classes', view.method, usual.method)
  say('breaks', view.breaks?.join(',') ?? null, null)
  say('box', typeof view.box === 'string' ? view.box : view.box.map(n => n.toFixed(5)).join(','), 'all')
  say(
    'map',
    view.camera && [view.camera.lng.toFixed(5), view.camera.lat.toFixed(5), view.camera.zoom.toFixed(2)].join(','),
    null,
  )
  say('at', view.at && [view.at.lng.toFixed(5), view.at.lat.toFixed(5)].join(','), null)
  say('alpha', view.alpha, null)
  say('perHousehold', view.hotPerHousehold, usual.hotPerHousehold)
  say('window', view.play.windowHours, USUAL_PLAY.windowHours)
  say('step', view.play.stepHours, USUAL_PLAY.stepHours)
  say('speed', view.play.perSecond, USUAL_PLAY.perSecond)
  say('loop', view.play.isLooping, USUAL_PLAY.isLooping)
  say('cumulative', view.play.isCumulative, USUAL_PLAY.isCumulative)
  say('frame', view.play.frame, null)
  return query
}

const whole = (least: number, most: number) => (text: string) =>
  /^\d{1,5}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : null

const numberIn = (least: number, most: number) => (text: string) => {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  return value >= least && value <= most ? value : null
}

const yesOrNo = (text: string) => (text === 'true' ? true : text === 'false' ? false : null)

const numbersOf = (text: string) =>
  text.split(',').map(part => (/^-?\d+(\.\d+)?(e-?\d+)?$/.test(part) ? Number(part) : Number.NaN))

function breaksOf(text: string): readonly number[] | null {
  const limits = numbersOf(text)
  const isAscending = limits.every((limit, i) => limit > (limits[i - 1] ?? 0))
  return isAscending && limits.length >= 1 && limits.length <= CLASSES ? limits : null
}

function boxOf(text: string): Bbox | null {
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN, ...more] = numbersOf(text)
  const isReal = west >= -180 && west < east && east <= 180 && south >= -85 && south < north && north <= 85
  return isReal && more.length === 0 ? [west, south, east, north] : null
}

function cameraOf(text: string): StudioView['camera'] {
  const [lng = Number.NaN, lat = Number.NaN, zoom = Number.NaN, ...more] = numbersOf(text)
  return isPlace(lng, lat) && zoom >= 0 && zoom <= 22 && more.length === 0 ? { lng, lat, zoom } : null
}

function placeOf(text: string): StudioView['at'] {
  const [lng = Number.NaN, lat = Number.NaN, ...more] = numbersOf(text)
  return isPlace(lng, lat) && more.length === 0 ? { lng, lat } : null
}

const isPlace = (lng: number, lat: number) => Math.abs(lng) <= 180 && Math.abs(lat) <= 85
