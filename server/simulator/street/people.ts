/** The people of the street: who they are, where they belong, when they are on duty. */
import { seededRandom } from '../random.ts'
import type { AreaFeature } from './areas.ts'
import { personNamer } from './names.ts'

export type Role = 'fullTime' | 'partTime' | 'enforcement' | 'police' | 'patrolCar'
/** Local times of day `HH:MM`; a shift that ends before it starts goes over midnight. */
export type Shift = { readonly from: string; readonly to: string }
export type Person = {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly area: string // the grid they belong to
  readonly leads: readonly string[] // grids led (网格长)
  readonly telephone: string
  readonly shift: Shift | null // null: called when needed
}

const SHIFTS: { readonly [role in Role]: readonly (readonly [count: number, from: string | null, to: string])[] } = {
  fullTime: [
    [30, '06:30', '18:30'],
    [22, '10:00', '22:30'],
    [4, '21:30', '07:30'],
  ],
  partTime: [
    [26, '06:00', '11:00'],
    [33, '11:00', '15:30'],
    [33, '15:30', '21:00'],
    [10, '20:30', '07:00'],
    [10, null, ''],
  ],
  enforcement: [
    [9, '07:30', '21:00'],
    [3, '20:30', '08:00'],
  ],
  police: [
    [6, '07:00', '21:30'],
    [2, '21:00', '07:30'],
  ],
  patrolCar: [
    [4, '06:30', '22:00'],
    [1, '21:30', '07:00'],
  ],
}

export function people(areas: readonly AreaFeature[], seed: string): Person[] {
  const random = seededRandom(seed, 'persons')
  const name = personNamer(random)
  const grids = areas.filter(area => area.properties.level === 'grid').map(area => area.properties.code)
  const at = (i: number) => grids[i % grids.length] ?? ''
  const out: Person[] = []
  for (const role of ['fullTime', 'partTime', 'enforcement', 'police', 'patrolCar'] as const) {
    const shifts = SHIFTS[role].flatMap(([count, from, to]) =>
      Array.from({ length: count }, () => (from === null ? null : { from, to })),
    )
    shifts.forEach((_, i) => {
      // Strides coprime with the counts spread shifts over grids, and the few specialists over the street.
      const grid =
        role === 'fullTime' || role === 'partTime' ? at(i) : at(Math.round(((i + 0.5) * grids.length) / shifts.length))
      const shift = shifts[(i * 17) % shifts.length] ?? null
      const number = out.length + 1
      out.push({
        id: `W${String(number).padStart(3, '0')}`,
        name: name(),
        role,
        area: grid,
        leads: role === 'fullTime' ? [grid] : [],
        telephone: `100${String(number).padStart(8, '0')}`, // no Chinese mobile number begins with 100
        shift,
      })
    })
  }
  return out
}
