import { fold } from '#domain/incident/fold.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { actorOf, mayRead } from '../access/may.ts'
import type { Viewer } from '../access/viewer.ts'
import type { ReferenceData } from '../app.ts'
import { isVisible } from '../incidents/scope.ts'
import { seesWorker } from '../incidents/sight.ts'
import type { IncidentRecord, WorkerRow } from '../store/eventStore.ts'
import { type Batch, incidentOf, workerOf } from './tail.ts'

/** As the contract's union. `record`: the incident as it stood when the stretch was read. */
export type Change =
  | { readonly kind: 'IncidentChanged'; readonly position: number; readonly record: IncidentRecord }
  | { readonly kind: 'IncidentLeft'; readonly position: number; readonly id: string }
  | { readonly kind: 'WorkerChanged'; readonly position: number; readonly worker: WorkerRow }
  /** `head`: of the store. `cursor`: this stream has told everything up to there that its viewer may see. */
  | { readonly kind: 'Heartbeat'; readonly head: number; readonly cursor: number; readonly serverTime: number }
  | { readonly kind: 'Lagged'; readonly from: number; readonly to: number }

/** What a viewer may be told of a stretch of the log, one item for each visible fact, in the order of the log. */
export function changesIn(
  batch: Batch,
  viewer: Viewer,
  area: string | null,
  reference: ReferenceData,
  now: number,
): readonly Change[] {
  const sees = (incident: Incident | null) =>
    incident !== null && isVisible(viewer, incident) && (area === null || incident.path.includes(area))
  return batch.events.flatMap((event): Change[] => {
    const { position } = event
    const worker = reference.workers.get(workerOf(event) ?? '')
    if (worker !== undefined) {
      const isBelow = area === null || homesOf(worker).some(home => reference.areas.path(home, now).includes(area))
      return isBelow && seesWorker(viewer, reference, worker, now) ? [{ kind: 'WorkerChanged', position, worker }] : []
    }
    const id = incidentOf(event)
    const record = id === null ? undefined : batch.records.get(id)
    if (id === null || record === undefined) return []
    const then = after(record, position)
    if (sees(then.incident)) {
      // Where it has moved on, out of sight, since this fact, it is told as this fact left it and not as it is now.
      return [{ kind: 'IncidentChanged', position, record: sees(record.incident) ? record : then }]
    }
    return sees(before(record, position)) ? [{ kind: 'IncidentLeft', position, id }] : []
  })
}

/** Viewers with the same key are told the same. */
export function sightKey(viewer: Viewer, area: string | null): string {
  const own = mayRead(viewer) ? '' : actorOf(viewer)
  return JSON.stringify([own, [...viewer.areas].sort(), area, viewer.worker])
}

function after(record: IncidentRecord, position: number): IncidentRecord {
  if (!moves(record.incident)) return record
  const facts = record.incident.facts.filter(fact => fact.position <= position)
  const incident = fold(record.incident.id, facts)
  return incident === null ? record : { incident, title: record.title, version: facts.length, position }
}

function before(record: IncidentRecord, position: number): Incident | null {
  if (!moves(record.incident)) return record.incident.facts[0]?.position === position ? null : record.incident
  return fold(
    record.incident.id,
    record.incident.facts.filter(fact => fact.position < position),
  )
}

/** Nearly all incidents stay where they were put: only for the others is every fact's own time reckoned. */
function moves({ facts }: Incident): boolean {
  return facts.filter(fact => 'path' in fact.data).length > 1
}

function homesOf({ area, leads }: WorkerRow): string[] {
  return [...(area === null ? [] : [area]), ...leads]
}
