import { expect, test } from 'vitest'
import type { Fix } from './acceptFix.ts'
import { judgeFixes } from './judgeFixes.ts'

const SECOND = 1000
/** At `seconds`, `metres` to the north. */
const fix = (seconds: number, metres = 0): Fix => ({
  at: seconds * SECOND,
  lng: 121.4,
  lat: 31.2 + metres / 111_195,
  accuracyM: null,
})
const always = [{ from: 0, to: null }]
const now = 100 * SECOND

test.each<[string, Fix[], Fix[], string[]]>([
  ['nothing', [], [], []],
  ['alone', [], [fix(1)], ['accepted']],
  ['too fast from the one before', [fix(1)], [fix(2, 100)], ['tooFast']],
  ['too fast to the one after', [fix(2)], [fix(1, 100)], ['tooFast']],
  ['too fast within the batch: the earlier stays', [], [fix(1), fix(2, 100)], ['accepted', 'tooFast']],
  ['whichever came first', [], [fix(2, 100), fix(1)], ['tooFast', 'accepted']],
  ['what was refused is nobody’s neighbour', [], [fix(1), fix(2, 100), fix(3)], ['accepted', 'tooFast', 'accepted']],
  ['the nearest of the store and of the batch', [fix(1), fix(5, 200)], [fix(3, 100)], ['accepted']],
  ['the store’s lies between two of the batch', [fix(2, 50)], [fix(1), fix(3, 100)], ['accepted', 'accepted']],
  ['one that the store has is left to the store', [fix(1)], [fix(1, 900), fix(2)], ['accepted', 'accepted']],
  ['so is the second at one instant', [], [fix(1), fix(1, 900), fix(2)], ['accepted', 'accepted', 'accepted']],
  ['a time that is none', [], [{ ...fix(1), at: Number.NaN }, fix(1)], ['badInput', 'accepted']],
  ['off duty', [], [fix(-1), fix(1)], ['offDuty', 'accepted']],
])('%s', (_, kept, batch, verdicts) => {
  expect(judgeFixes(kept, batch, always, now)).toEqual(verdicts)
})
