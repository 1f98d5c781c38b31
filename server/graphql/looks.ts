import { actorOf } from '../access/may.ts'
import type { Viewer } from '../access/viewer.ts'
import type { App } from '../app.ts'

type Asked = { readonly worker: string; readonly from: number; readonly to: number; readonly reason: string }

/** Notes who looks at a worker's track, at which part of it and why. */
export async function recordLook(app: App, viewer: Viewer, { worker, from, to, reason }: Asked): Promise<void> {
  const actor = actorOf(viewer)
  await app.store.reference.recordLook({
    id: app.random.uuid(),
    worker,
    token: viewer.tokenId,
    actor,
    name: viewer.name,
    role: viewer.role,
    fromAt: from,
    toAt: to,
    reason,
    at: app.time.now(),
  })
  app.log('track looked at', { worker, by: actor, from, to })
}
