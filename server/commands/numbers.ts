import { localDay, nextLocalDay, startOfLocalDay } from '#domain/time/localTime.ts'
import type { App } from '../app.ts'

/** The number that people say on the radio: the local day and a count, `261121-042`. Unique; never given twice. */
export type IncidentNumbers = {
  next(at: number, timezone: string): Promise<string>
  /** Another process took it: go on behind it. */
  taken(number: string): void
}

export function incidentNumbers(app: App): IncidentNumbers {
  const lastOfDay = new Map<string, Promise<number>>()

  async function countOf(at: number, timezone: string): Promise<number> {
    const snapshot = await app.store.snapshot()
    const day = { from: startOfLocalDay(at, timezone), to: nextLocalDay(at, timezone) }
    return snapshot.countIncidents(day).finally(() => snapshot.close())
  }

  return {
    async next(at, timezone) {
      const day = localDay(at, timezone).slice(2).replaceAll('-', '')
      const last = lastOfDay.get(day) ?? countOf(at, timezone)
      const mine = last.then(count => count + 1)
      lastOfDay.set(day, mine)
      return `${day}-${String(await mine).padStart(3, '0')}`
    },
    taken(number) {
      const [day = '', count = '0'] = number.split('-')
      const last = lastOfDay.get(day) ?? Promise.resolve(0)
      lastOfDay.set(
        day,
        last.then(known => Math.max(known, Number(count))),
      )
    },
  }
}
