import { seededRandom as uniform } from '#domain/heat/seededRandom.ts'

/** Chance as an argument: a stream of numbers that is the same for the same words, on every machine. */
export type Random = {
  /** In [0, 1). */
  next(): number
  between(low: number, high: number): number
  integer(low: number, high: number): number // both inclusive
  normal(): number
  pick<T>(from: readonly T[]): T
  /** True with probability `p`. */
  chance(p: number): boolean
}

export function seededRandom(...words: readonly (string | number)[]): Random {
  const next = uniform(hash(words.join('\u0000')))
  const random: Random = {
    next,
    between: (low, high) => low + (high - low) * next(),
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: from => {
      const chosen = from[Math.floor(next() * from.length)]
      if (chosen === undefined) throw new Error('nothing to pick from')
      return chosen
    },
    chance: p => next() < p,
  }
  return random
}

/** FNV-1a over UTF-16 units, then a final mix, so that neighbouring seeds don't begin alike. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** A UUID (version 8: made by our own rule) that is the same for the same words. */
export function seededUuid(...words: readonly (string | number)[]): string {
  const hex = [0, 1, 2, 3]
    .map(part =>
      hash([part, ...words].join('\u0000'))
        .toString(16)
        .padStart(8, '0'),
    )
    .join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
