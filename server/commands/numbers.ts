import { localDay } from '#domain/time/localTime.ts'
import type { App } from '../app.ts'

/** The number that people say on the radio: the local day and a count, `261121-042`. Unique; never given twice. */
export type IncidentNumbers = {
  next(at: number, timezone: string): Promise<string>
  /** Another process took it: go on behind it. */
  taken(number: string): void
}

export function incidentNumbers(app: App): IncidentNumbers {
  const lastOfDay = new Map<string, Promise<number>>()

  async function highestIn(day: string): Promise<number> {
    const snapshot = await app.store.snapshot()
    const highest = await snapshot.highestNumber(`${day}-`).finally(() => snapshot.close())
    return highest === null ? 0 : countIn(highest, day)
  }

  function keep(day: string, last: Promise<number>): Promise<number> {
    lastOfDay.set(day, last)
    // A read that failed is not remembered: the next one asks again.
    last.catch(() => lastOfDay.get(day) === last && lastOfDay.delete(day))
    return last
  }

  return {
    async next(at, timezone) {
      const day = localDay(at, timezone).slice(2).replaceAll('-', '')
      const last = lastOfDay.get(day) ?? highestIn(day)
      const mine = await keep(
        day,
        last.then(count => count + 1),
      )
      return `${day}-${String(mine).padStart(3, '0')}`
    },
    taken(number) {
      const [day = ''] = number.split('-')
      const known = lastOfDay.get(day) ?? Promise.resolve(0)
      void keep(
        day,
        Promise.all([known, highestIn(day)]).then(counts => Math.max(...counts, countIn(number, day))),
      )
    },
  }
}

/** A number that somebody else made up may go on with letters: it counts nothing. */
function countIn(number: string, day: string): number {
  const count = Number(number.slice(day.length + 1))
  return Number.isSafeInteger(count) ? count : 0
}
