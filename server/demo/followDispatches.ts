import type { LngLat } from '#domain/incident/facts.ts'
import type { App } from '../app.ts'

type OnDispatched = (incident: string, worker: string, place: LngLat | null) => void

/** Tells the simulator whom somebody sent where, as the log says, from now on. Returns the way to stop. */
export async function followDispatches(app: App, onDispatched: OnDispatched): Promise<() => Promise<void>> {
  let after = await app.store.head()
  let reading: Promise<void> = Promise.resolve()
  const read = async (): Promise<void> => {
    const snapshot = await app.store.snapshot()
    try {
      const events = await snapshot.events({ after, limit: 1000 })
      after = events.at(-1)?.position ?? after
      const dispatches = events.filter(event => event.type === 'dispatched' || event.type === 'redispatched')
      if (dispatches.length === 0) return
      const ids = [...new Set(dispatches.map(event => event.stream.slice('incident:'.length)))]
      const records = await snapshot.incidents({ ids, limit: ids.length })
      for (const { stream, data } of dispatches) {
        const incident = records.find(record => `incident:${record.incident.id}` === stream)?.incident
        const assignee = typeof data === 'object' && data !== null && 'assignee' in data ? data.assignee : null
        if (incident !== undefined && typeof assignee === 'string') onDispatched(incident.id, assignee, incident.place)
      }
    } finally {
      await snapshot.close()
    }
  }
  const stop = app.store.onCommit(() => {
    reading = reading
      .then(read)
      .catch(error => app.log('the simulator lost sight of the dispatches', { error: String(error) }))
  })
  return async () => {
    stop()
    await reading
  }
}
