/** One side panel; a panel on each side; two screens, whose left panel has two columns; three screens with focus maps. */
export type Aspect = 'single' | 'wide' | 'double' | 'triple'

const FROM: readonly (readonly [ratio: number, aspect: Aspect])[] = [
  [4, 'triple'],
  [3.2, 'double'],
  [2.3, 'wide'],
]

/** The class of a wall that is `ratio` times as wide as high. */
export const aspectOf = (ratio: number): Aspect => FROM.find(([from]) => ratio >= from)?.[1] ?? 'single'
