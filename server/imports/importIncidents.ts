/** Takes a file of incidents into the store: one append per incident, many of them waiting at once for the same commit. */

import { bboxOf } from '#domain/geo/bbox.ts'
import type { Position } from '#domain/geo/geojson.ts'
import type { NewFact, Opening } from '#domain/incident/facts.ts'
import { withBreaches } from '#domain/incident/record.ts'
import { choosePolicy } from '#domain/sla/choosePolicy.ts'
import type { Policy } from '#domain/sla/policy.ts'
import type { App, ReferenceData } from '../app.ts'
import { setApart } from '../commands/texts.ts'
import type { Append, AppendResult } from '../store/eventStore.ts'
import { incidentStream, newEvent } from '../store/incidentEvents.ts'
import { beginImport } from './beginImport.ts'
import { declaredDatum } from './datum.ts'
import type { ImportOptions, ImportReport, RefusedRow } from './importReport.ts'
import { type PlannedIncident, planIncidents } from './incidents.ts'
import { inNoAreaCounter, inNoAreaTold } from './inNoArea.ts'
import type { IncidentsMapping } from './mapping.ts'
import { newReferences } from './newReferences.ts'
import { sha256Hex, stableUuid } from './stableId.ts'

/** Incidents planned ahead of the store: enough to fill its commits, few enough to forget. */
const CHUNK = 500
/** Of which mode it was then no file tells; today's is not it. */
const MODE = 'peacetime'

export async function importIncidents(
  app: App,
  file: string,
  mapping: IncidentsMapping,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const { csv, reference, timezone, told, nameStore, onBytes } = await beginImport(app, file, mapping, options, 2)
  const datum = mapping.place ? declaredDatum(options.datum, mapping.datum) : 'wgs84'
  const context = { ...reference, timezone, datum, now: app.time.now() }
  const references = newReferences(app, reference, options.dryRun === true)
  const refused: RefusedRow[] = []
  const open: string[] = []
  const places: Position[] = []
  const nowhere = inNoAreaCounter()
  const count = { taken: 0, replayed: 0, incidents: 0, withoutPolicy: 0 }

  const take = async (planned: PlannedIncident): Promise<void> => {
    const first = planned.facts[0] as NewFact
    const { category, tier, path } = first.data as Opening
    const policy = choosePolicy(reference.policies, { at: first.at, mode: MODE, category, tier, path })
    const result: AppendResult = options.dryRun
      ? { kind: 'appended', position: 0 }
      : await app.store.append(appendOf(app, planned, policy, mapping.name))
    const reason = refusalOf(result)
    if (reason !== null) {
      for (const { line, number } of planned.rows)
        refused.push({ line, field: mapping.group.by, value: number, reason })
      return
    }
    if (result.kind === 'replayed') count.replayed += planned.rows.length
    else {
      count.taken += planned.rows.length
      count.incidents++
      if (!policy) count.withoutPolicy++
      nowhere.count(planned)
    }
    if (planned.isOpen) open.push(planned.number)
    const { place } = first.data as Opening
    if (place !== null) places.push([place.lng, place.lat])
  }

  let chunk: PlannedIncident[] = []
  let isNamed = false
  /** Chunks on their way into the store: while one is written the next is made ready, and one more is read. */
  let [earlier, latest] = [Promise.resolve(), Promise.resolve()]
  const flush = async () => {
    if (!isNamed) await nameStore()
    isNamed = true
    await references.put(chunk.flatMap(({ rows }) => rows))
    await earlier
    earlier = latest
    latest = Promise.all(chunk.map(take)).then(() => {})
    latest.catch(() => {}) // heard by whoever waits for it next; until then it is no unheard error
    chunk = []
  }
  const rows = (pass: 'count' | 'read') => csv.rows(onBytes(pass === 'count' ? 1 : 2))
  for await (const planned of planIncidents(csv.header, rows, mapping, context)) {
    if (planned.kind === 'refused') {
      const { line, field, value, reason } = planned
      refused.push({ line, field, value, reason })
    } else if (chunk.push(planned) === CHUNK) await flush()
  }
  await flush()
  await earlier
  await latest
  if (!options.dryRun) await widenBounds(app, reference, places)

  if (datum === 'gcj02' || datum === 'bd09')
    told.push(`Places were converted from ${datum} to wgs84; each incident keeps the place as it came.`)
  if (open.length === 1) told.push(`1 incident stays open, because no row says when it ended: ${some(open)}.`)
  if (open.length > 1)
    told.push(`${open.length} incidents stay open, because no row says when they ended: ${some(open)}.`)
  if (count.withoutPolicy > 0)
    told.push(
      `No policy was in force for ${count.withoutPolicy} of the incidents, so they have no clocks: import policies first.`,
    )
  const { taken, replayed, incidents } = count
  const inNoArea = nowhere.counted()
  told.push(...inNoAreaTold(inNoArea, incidents, datum, reference))
  const sorted = refused.toSorted((a, b) => a.line - b.line)
  const all = taken + replayed + refused.length
  return { rows: all, taken, replayed, refused: sorted, incidents, inNoArea, created: references.created(), told }
}

/** Where areas have no boundary, a map is fitted to everything that has a place. */
async function widenBounds(app: App, { settings }: ReferenceData, places: readonly Position[]): Promise<void> {
  const [west, south, east, north] = Array.isArray(settings['bounds']) ? settings['bounds'] : []
  const known: Position[] =
    west === undefined
      ? []
      : [
          [west, south],
          [east, north],
        ]
  const bounds = bboxOf([{ type: 'Polygon', coordinates: [[...known, ...places]] }])
  if (bounds !== null) await app.store.reference.putSetting('bounds', bounds)
}

/** Everything of one incident in one append, its breaches too, under ids that a repeated run makes again. */
function appendOf(app: App, planned: PlannedIncident, policy: Policy | null, source: string): Append {
  const { id } = planned
  const actor = `import:${source}`
  const now = app.time.now()
  const eventId = (index: number) => stableUuid('fact', id, String(index))
  const { texts, personal } = setApart(app, id, eventId(0), planned.texts)
  const chosen = policy && { id: policy.id, version: policy.version }
  const [opening, ...others] = planned.facts as [NewFact, ...NewFact[]]
  const hasTexts = Object.keys(texts).length > 0
  const opened = {
    ...opening,
    data: { ...opening.data, policy: chosen, mode: MODE, ...(hasTexts ? { texts } : {}) },
  } as NewFact
  const told = [opened, ...others]
  const eventIds = told.map((_, i) => eventId(i))
  const facts = withBreaches({ id, before: [], told, eventIds, now }, policy ? [policy] : [])
  if (facts === null) throw new Error(`Incident ${id} is under another policy than the one that was chosen for it.`)
  return {
    // Not the breaches, the policy or the texts: they may differ in a later run of the same rows, or must be forgettable.
    command: { id: stableUuid('import', id), requestHash: sha256Hex(JSON.stringify(planned.facts)) },
    recordedAt: now,
    streams: [
      {
        stream: incidentStream(id),
        expected: 'none',
        events: facts.map((fact, i) => newEvent(fact, eventId(i), actor)),
      },
    ],
    personal,
  }
}

function refusalOf(result: AppendResult): string | null {
  switch (result.kind) {
    case 'appended':
    case 'replayed':
      return null
    case 'commandConflict':
      return 'this incident was imported before from other rows; what is in the store was left as it is'
    case 'versionConflict':
      return 'this incident is in the store already; what is there was left as it is'
    case 'numberTaken':
      return `another incident has the number ${result.number}`
    default:
      return result satisfies never
  }
}

function some(numbers: readonly string[]): string {
  return numbers.length <= 10 ? numbers.join(', ') : `${numbers.slice(0, 10).join(', ')} …`
}
