/** Who is on duty when, on a local day. A shift over midnight has a part in each of two days. */
import { seededRandom } from './random.ts'
import type { Person } from './street/people.ts'

export type DutySpan = {
  readonly person: Person
  readonly from: number
  readonly to: number
  readonly starts: boolean // it begins with dutyStarted; false: it goes on from the day before
  readonly ends: boolean
}

const MINUTE = 60_000

export function dutySpans(
  people: readonly Person[],
  seed: string,
  day: string,
  dayStart: number,
  dayEnd: number,
): DutySpan[] {
  return people.flatMap((person): DutySpan[] => {
    if (person.shift === null) return []
    const random = seededRandom(seed, day, person.id, 'shift')
    // People come a little early and go a little late.
    const from = dayStart + minutesOf(person.shift.from) * MINUTE - Math.floor(random.between(0, 9 * MINUTE))
    const to = dayStart + minutesOf(person.shift.to) * MINUTE + Math.floor(random.between(0, 11 * MINUTE))
    if (from < to) return [{ person, from, to, starts: true, ends: true }]
    return [
      { person, from: dayStart, to, starts: false, ends: true },
      { person, from, to: dayEnd, starts: true, ends: false },
    ]
  })
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return 60 * hours + minutes
}
