/** What many incidents have in common stands once; their rows hold its number. */
import type { HeatFilter } from '#domain/heat/heatFilter.ts'
import type { Incident } from '#domain/incident/incident.ts'
import type { ClockState } from '#domain/sla/clocks.ts'
import { inScope, type Viewer } from '../../access/viewer.ts'
import { matchesClocks } from '../../incidents/incidentFilter.ts'
import type { Test } from './select.ts'

export type Group = Pick<Incident, 'category' | 'source' | 'tier'>
/** How its clocks stand, and in which local hour it began: together they need but one column. */
export type Outcome = {
  readonly hour: number
  readonly clocks: { readonly [clock: string]: { readonly state: ClockState } }
}

/** Numbers travel in 16 bits. */
const MOST = 65_536

export type Dictionary<T> = {
  readonly values: readonly T[]
  number(value: T): number
}

export type Dictionaries = {
  readonly path: Dictionary<readonly string[]>
  readonly group: Dictionary<Group>
  readonly outcome: Dictionary<Outcome>
}
export type DictionaryValues = {
  readonly path: readonly (readonly string[])[]
  readonly group: readonly Group[]
  readonly outcome: readonly Outcome[]
}

export function dictionaries(known: DictionaryValues = { path: [], group: [], outcome: [] }): Dictionaries {
  return {
    path: dictionary('area paths', known.path),
    group: dictionary('groups of category, source and tier', known.group),
    outcome: dictionary('hours with outcomes of clocks', known.outcome),
  }
}

function dictionary<T>(what: string, known: readonly T[]): Dictionary<T> {
  const values = [...known]
  const numbers = new Map(values.map((value, number) => [JSON.stringify(value), number]))
  return {
    values,
    number(value) {
      const key = JSON.stringify(value)
      const found = numbers.get(key)
      if (found !== undefined) return found
      if (values.length === MOST) throw new RangeError(`the heat mirror holds no more than ${MOST} ${what}`)
      numbers.set(key, values.length)
      return values.push(value) - 1
    },
  }
}

/** The filter as tables over the numbers; what every number passes is left out. */
export function testsOf({ path, group, outcome }: Dictionaries, viewer: Viewer, filter: HeatFilter): Test[] {
  const { area, category, source, tier } = filter
  const tests: Test[] = [
    {
      column: 'group',
      passes: table(
        group.values,
        value =>
          isAmong(category, value.category) &&
          isAmong(source, value.source) &&
          (tier === null || (value.tier !== null && tier.includes(value.tier))),
      ),
    },
    {
      column: 'path',
      passes: table(path.values, codes => inScope(viewer, codes) && (area === null || codes.includes(area))),
    },
    {
      column: 'outcome',
      passes: table(
        outcome.values,
        ({ hour, clocks }) => (filter.hour === null || filter.hour.includes(hour)) && matchesClocks(filter, clocks),
      ),
    },
  ]
  return tests.filter(({ passes }) => passes.includes(0))
}

function table<T>(values: readonly T[], passes: (value: T) => boolean): Uint8Array {
  return Uint8Array.from(values, value => Number(passes(value)))
}

function isAmong(wanted: readonly string[] | null, value: string): boolean {
  return wanted === null || wanted.includes(value)
}
