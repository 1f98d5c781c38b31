import { isOpen } from '../incident/fold.ts'
import type { ReplayedIncident } from './incidentsAt.ts'
import type { ReplayWorker } from './replayDay.ts'

/** Since when a worker was on duty at an instant (epoch ms), and the open incident that they were on: the newest. */
export type WorkerThen = {
  readonly worker: ReplayWorker
  readonly since: number | null // null: off duty
  readonly incident: string | null
}

/** `incidents`: as they stood at the instant, newest first. */
export function workersAt(
  workers: readonly ReplayWorker[],
  incidents: readonly ReplayedIncident[],
  at: number,
): WorkerThen[] {
  const on = new Map<string, string>()
  for (const { incident } of incidents) {
    if (!isOpen(incident.status)) continue
    for (const worker of incident.assignees) if (!on.has(worker)) on.set(worker, incident.id)
  }
  return workers.map(worker => ({
    worker,
    since: worker.duty.find(({ from, to }) => from <= at && (to === null || at < to))?.from ?? null,
    incident: on.get(worker.id) ?? null,
  }))
}
