import type { MapIncident } from './mapScene.ts'

/** HTML markers; beyond it the normal ones become dots of the overlay. */
export const MAX_PINS = 200

/** Which incidents are pins: first all that are urgent, however many, then the others in their order as long as there is room. */
export function pinsAndDots(incidents: readonly MapIncident[]): { pins: MapIncident[]; dots: MapIncident[] } {
  const urgent = incidents.filter(isUrgent)
  const others = incidents.filter(incident => !isUrgent(incident))
  const room = Math.max(0, MAX_PINS - urgent.length)
  return { pins: [...urgent, ...others.slice(0, room)], dots: others.slice(room) }
}

const isUrgent = ({ state }: MapIncident) => state === 'atRisk' || state === 'breached'
