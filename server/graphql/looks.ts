import { actorOf } from '../access/may.ts'
import type { Viewer } from '../access/viewer.ts'
import type { App } from '../app.ts'

/** That somebody looked at a worker's track: who, when, which part of it and why. */
export type Look = {
  readonly worker: string
  readonly by: string
  readonly name: string | null
  readonly role: string
  readonly at: number
  readonly from: number
  readonly to: number
  readonly reason: string
}
const PREFIX = 'look.'

/** One setting row each, so that nothing is lost when two look at once and nothing but the store has to hold. */
export async function keepLook(
  app: App,
  viewer: Viewer,
  { worker, from, to, reason }: Pick<Look, 'worker' | 'from' | 'to' | 'reason'>,
): Promise<void> {
  const look: Look = {
    worker,
    by: actorOf(viewer),
    name: viewer.name,
    role: viewer.role,
    at: app.time.now(),
    from,
    to,
    reason,
  }
  await app.store.reference.putSetting(`${PREFIX}${app.random.uuid()}`, look)
  app.log('track looked at', { worker, by: look.by, from, to })
}

/** Newest first. */
export function looksAt(settings: { readonly [key: string]: unknown }, worker: string): Look[] {
  return Object.entries(settings)
    .filter(([key]) => key.startsWith(PREFIX))
    .map(([, value]) => value as Look)
    .filter(look => look.worker === worker)
    .sort((a, b) => b.at - a.at)
}
