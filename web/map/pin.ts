/** What a pin looks like, decided from its incident alone: shape first, colour repeats it. */
import { countdown } from '../sla/duration.ts'
import type { MapIncident } from './mapScene.ts'

export type PinShape = 'ring' | 'disc' | 'block' | 'paused' | 'square'
export type PinFace = {
  shape: PinShape
  symbol: string
  ring: number | null // of the circle that is drawn, 0…1
  flag: string | null
  flagInside: boolean // a block carries its time inside, a disc beside it
  bell: boolean
  unknown: boolean
  urgency: number // the higher lies on top
}

export function pinFace(incident: MapIncident, texts: { unknown: string }): PinFace {
  const base = {
    symbol: [...incident.symbol][0] ?? '',
    bell: incident.bell,
    unknown: incident.unknown,
    flagInside: false,
  }
  const time = incident.remainingMs === null ? null : countdown(incident.remainingMs)
  const ring = incident.fraction === null ? null : Math.min(1, Math.max(0, incident.fraction))
  // A limit that passed while nobody could say so is neither at risk nor over: it keeps the shape and says 未知.
  if (incident.unknown) return { ...base, shape: 'disc', ring: 0, flag: texts.unknown, urgency: 3 }
  switch (incident.state) {
    case 'breached':
      return { ...base, shape: 'block', ring: null, flag: time, flagInside: true, urgency: 4 }
    case 'atRisk':
      return { ...base, shape: 'disc', ring, flag: time, urgency: 3 }
    case 'normal':
      return { ...base, shape: 'ring', ring, flag: null, urgency: 2 }
    case 'paused':
      return { ...base, shape: 'paused', ring: null, flag: null, urgency: 1 }
    case 'awaiting':
      return { ...base, shape: 'square', ring: null, flag: null, urgency: 0 }
    default:
      return incident.state satisfies never
  }
}

/** What the pin covers around its spot, in units; the flag's digits are .6 em of 21 units wide. */
export function pinExtent(face: PinFace): { left: number; right: number; top: number; bottom: number; round: boolean } {
  const flag = face.flag
    ? [...face.flag].reduce((sum, char) => sum + (char > '⺀' ? 21 : char === ':' ? 6 : 12.9), 0)
    : 0
  const bell = face.bell ? 15 : 0
  switch (face.shape) {
    case 'block':
      return { left: 20 + bell, right: 22 + flag, top: 20, bottom: 20, round: false }
    case 'disc':
      return { left: 23, right: flag > 0 ? 31 + flag + bell : 23, top: 23, bottom: 23, round: flag === 0 }
    case 'ring':
    case 'paused':
      return { left: 19.8, right: 19.8, top: 19.8, bottom: 19.8, round: true }
    case 'square':
      return { left: 9, right: 9, top: 9, bottom: 9, round: true }
    default:
      return face.shape satisfies never
  }
}

/** The ring's SVG path from twelve o'clock, clockwise. */
export function arcPath(radius: number, share: number): string {
  const turn = Math.max(0.0001, Math.min(0.9999, share)) * 2 * Math.PI
  const x = (radius * Math.sin(turn)).toFixed(2)
  const y = (-radius * Math.cos(turn)).toFixed(2)
  return `M0 ${-radius}A${radius} ${radius} 0 ${turn > Math.PI ? 1 : 0} 1 ${x} ${y}`
}
