/** The address of the leaders' pages, read and written: it is the only place where their state is kept. */
import { instantInAddress } from '#domain/time/instant.ts'
import { type FigureId, figureIdOf } from './figures.ts'
import {
  instantOfLocal,
  localText,
  type Period,
  PRESETS,
  type Preset,
  periodBefore,
  presetPeriod,
  REPORTS,
  type ReportKind,
  reportPeriod,
} from './periods.ts'

export type Query = { readonly [key: string]: unknown }
/** A preset, a period of one's own, or for B the same length before A. */
export type Choice = Preset | 'before' | Period
export type AreasView = {
  readonly area: string | null
  readonly a: Choice
  readonly b: Choice | null
  /** The instant that is looked back to, and whether only by what was known then. */
  readonly at: number | null
  readonly known: number | null
  readonly clock: string | null
  readonly sort: FigureId | 'name'
  readonly descending: boolean
  /** The figure that is opened: of which key (null: the whole area) and period. */
  readonly open: { readonly figure: FigureId; readonly key: string | null; readonly period: 'a' | 'b' } | null
  readonly incident: string | null
}
export type ReportView = {
  readonly area: string | null
  readonly kind: ReportKind
  readonly date: string | null
  readonly at: number | null
  readonly known: number | null
}

const OPEN = /^([ab]):([^:]+)(?::(.+))?$/

export function areasViewOf(query: Query, zone: string): AreasView {
  const [, period, figure, key] = OPEN.exec(text(query['open']) ?? '') ?? []
  const opened = figureIdOf(figure)
  return {
    area: text(query['area']),
    a: choiceOf(text(query['a']), zone) ?? 'today',
    b: query['b'] === 'none' ? null : (choiceOf(text(query['b']), zone) ?? 'before'),
    at: instantInAddress(text(query['at']) ?? ''),
    known: instantInAddress(text(query['known']) ?? ''),
    clock: text(query['clock']),
    sort: query['sort'] === 'name' ? 'name' : (figureIdOf(query['sort']) ?? 'reported'),
    descending: query['order'] !== 'asc',
    open: opened === null ? null : { figure: opened, key: key ?? null, period: period === 'b' ? 'b' : 'a' },
    incident: text(query['incident']),
  }
}

/** What the address says of a view; the defaults are left out. */
export function queryOf(view: AreasView, zone: string): { [key: string]: string | undefined } {
  const { open } = view
  return {
    area: view.area ?? undefined,
    a: view.a === 'today' ? undefined : choiceText(view.a, zone),
    b: view.b === null ? 'none' : view.b === 'before' ? undefined : choiceText(view.b, zone),
    at: instantText(view.at),
    known: instantText(view.known),
    clock: view.clock ?? undefined,
    sort: view.sort === 'reported' ? undefined : view.sort,
    order: view.descending ? undefined : 'asc',
    open: open === null ? undefined : [open.period, open.figure, ...(open.key === null ? [] : [open.key])].join(':'),
    incident: view.incident ?? undefined,
  }
}

export function reportViewOf(query: Query): ReportView {
  return {
    area: text(query['area']),
    kind: REPORTS.find(kind => kind === query['period']) ?? 'day',
    date: /^\d{4}-\d\d-\d\d$/.test(text(query['date']) ?? '') ? text(query['date']) : null,
    at: instantInAddress(text(query['at']) ?? ''),
    known: instantInAddress(text(query['known']) ?? ''),
  }
}

/** The period of a report: that of its date; without one, of the instant that is looked at. */
export function reportSpan({ kind, date }: ReportView, at: number, zone: string): Period {
  return reportPeriod(kind, (date === null ? null : instantOfLocal(date, zone)) ?? at, zone)
}

export function periodOf(choice: Choice, now: number, zone: string, a: Period): Period {
  if (choice === 'before') return periodBefore(a, now, zone)
  return typeof choice === 'string' ? presetPeriod(choice, now, zone) : choice
}

export function instantText(at: number | null): string | undefined {
  return at === null ? undefined : new Date(at).toISOString()
}

function choiceOf(asked: string | null, zone: string): Choice | null {
  if (asked === null) return null
  if (asked === 'before') return 'before'
  const preset = PRESETS.find(known => known === asked)
  if (preset !== undefined) return preset
  const [from, to] = asked.split('~').map(each => instantOfLocal(each, zone))
  return from != null && to != null && from < to ? { from, to } : null
}

function choiceText(choice: Choice, zone: string): string {
  return typeof choice === 'string' ? choice : `${localText(choice.from, zone)}~${localText(choice.to, zone)}`
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
