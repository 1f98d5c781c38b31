import type { Incident } from '#domain/incident/incident.ts'
import { actorOf, mayRead } from '../access/may.ts'
import { inScope, type Viewer } from '../access/viewer.ts'

/** Who asks: a viewer, or null for the machine's own operator at the shell, who sees everything. */
export type Asker = Viewer | null

/** The areas that a read is narrowed to; undefined: all. */
export function scopeOf(asker: Asker): readonly string[] | undefined {
  return asker === null ? undefined : asker.areas
}

/** Reporters and devices see what they reported themselves and nothing else (BLUEPRINT §8). */
export function readsOnlyOwn(asker: Asker): boolean {
  return asker !== null && !mayRead(asker)
}

export function isVisible(asker: Asker, incident: Incident): boolean {
  if (asker === null) return true
  if (readsOnlyOwn(asker)) return incident.facts[0]?.actor === actorOf(asker)
  return inScope(asker, incident.path)
}
