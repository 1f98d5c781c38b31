/** Who is asking, and what they may. A pure table (BLUEPRINT §8): no I/O here. */
export const ROLES = [
  'wall',
  'worker',
  'section',
  'reporter',
  'dispatcher',
  'leader',
  'analyst',
  'admin',
  'auditor',
  'device',
] as const
export type Role = (typeof ROLES)[number]

export type Viewer = {
  readonly tokenId: string
  readonly role: Role
  readonly areas: readonly string[] // their subtrees
  readonly worker: string | null // the person behind it, if it is one of the workers
  readonly leads: readonly string[] // areas this worker leads (网格长): a dispatcher's commands inside them
  readonly device: string | null
  readonly name: string | null
}

/** Is something placed on `path` (area codes from the root) inside the viewer's areas? */
export function inScope(viewer: Viewer, path: readonly string[]): boolean {
  return path.some(code => viewer.areas.includes(code))
}
