import { expect, test } from 'vitest'
import { type IncomingFix, judgeFixes } from './judgeFixes.ts'

const SECOND = 1000
/** At `seconds`, `metres` to the north. */
const fix = (seconds: number, metres = 0): IncomingFix => ({
  at: seconds * SECOND,
  lng: 121.4,
  lat: 31.2 + metres / 111_195,
  accuracyM: null,
  recordedAt: 100 * SECOND,
})
const always = [{ from: 0, to: null }]

test.each<[string, IncomingFix[], IncomingFix[], string[]]>([
  ['nothing', [], [], []],
  ['alone', [], [fix(1)], ['accepted']],
  ['too fast from the one before', [fix(1)], [fix(2, 100)], ['tooFast']],
  ['too fast to the one after', [fix(2)], [fix(1, 100)], ['tooFast']],
  ['too fast within the batch: the earlier stays', [], [fix(1), fix(2, 100)], ['accepted', 'tooFast']],
  ['whichever came first', [], [fix(2, 100), fix(1)], ['tooFast', 'accepted']],
  ['what was refused is nobody’s neighbour', [], [fix(1), fix(2, 100), fix(3)], ['accepted', 'tooFast', 'accepted']],
  ['the nearest of the store and of the batch', [fix(1), fix(5, 200)], [fix(3, 100)], ['accepted']],
  ['the store’s lies between two of the batch', [fix(2, 50)], [fix(1), fix(3, 100)], ['accepted', 'accepted']],
  ['elsewhere at an instant of the store', [fix(1)], [fix(1, 900), fix(2)], ['conflictingFix', 'accepted']],
  [
    'elsewhere at an instant of the batch',
    [],
    [fix(1), fix(1, 900), fix(2)],
    ['accepted', 'conflictingFix', 'accepted'],
  ],
  ['the same again', [fix(1)], [fix(1, 0.01), fix(2), fix(2)], ['duplicate', 'accepted', 'duplicate']],
  ['at the instant of one that was refused', [fix(1)], [fix(2, 100), fix(2)], ['tooFast', 'accepted']],
  ['a time that is none', [], [{ ...fix(1), at: Number.NaN }, fix(1)], ['badInput', 'accepted']],
  ['off duty', [], [fix(-1), fix(1)], ['offDuty', 'accepted']],
])('%s', (_, kept, batch, verdicts) => {
  expect(judgeFixes(kept, batch, always)).toEqual(verdicts)
})
