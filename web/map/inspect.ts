/** `window.gridwatch.inspect()`: plain data of what was handed to the layers, never of the stores. */
import type { HeatSettings, MapIncident, MapWorker } from './mapScene.ts'

export type Handed = {
  incidents: readonly MapIncident[]
  workers: readonly MapWorker[]
  areas: readonly string[]
  heat: HeatSettings | null
}
export type GlState = { width: number; height: number; lost: boolean }

export function inspection(handed: Handed, gl: GlState, head: number, at: number) {
  const { heat } = handed
  return {
    head,
    at,
    incidents: handed.incidents.map(({ id, lng, lat, state }) => ({ id, lng, lat, state })),
    workers: handed.workers.map(({ id, lng, lat, at }) => ({ id, lng, lat, at })),
    areas: [...handed.areas],
    heat: heat ? { unit: heat.unit, bandwidthM: heat.bandwidthM, domain: [...heat.classes] } : null,
    gl: { width: gl.width, height: gl.height, lost: gl.lost },
  }
}

export type Inspection = ReturnType<typeof inspection>
