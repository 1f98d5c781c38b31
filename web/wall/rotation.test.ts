import { expect, test } from 'vitest'
import { FIRST_TURN, nextTurn, PAUSE_MS, TURN_MS, type Turn } from './rotation.ts'

const HOT = ['a', 'b', 'c']
const at = (code: string | null, since = 0): Turn => ({ code, since })

test('the hottest grid comes first, as soon as there is one', () => {
  expect(nextTurn(FIRST_TURN, [], 5, null)).toEqual(FIRST_TURN)
  expect(nextTurn(FIRST_TURN, HOT, 5, null)).toEqual(at('a', 5))
})

test('each has its turn, and after the last comes the first', () => {
  expect(nextTurn(at('a'), HOT, TURN_MS - 1, null)).toEqual(at('a'))
  expect(nextTurn(at('a'), HOT, TURN_MS, null)).toEqual(at('b', TURN_MS))
  expect(nextTurn(at('c'), HOT, TURN_MS, null)).toEqual(at('a', TURN_MS))
})

test('a hotter grid interrupts no turn', () => {
  expect(nextTurn(at('b'), ['z', 'a', 'b'], TURN_MS - 1, null)).toEqual(at('b'))
})

test('a grid that cooled down keeps its turn, and then the round begins anew', () => {
  expect(nextTurn(at('gone'), HOT, TURN_MS - 1, null)).toEqual(at('gone'))
  expect(nextTurn(at('gone'), HOT, TURN_MS, null)).toEqual(at('a', TURN_MS))
  expect(nextTurn(at('gone'), [], TURN_MS, null)).toEqual(at(null, TURN_MS))
})

test('after any input everything stands still for two minutes, then goes on at once', () => {
  const input = TURN_MS - 1
  expect(nextTurn(at('a'), HOT, input + PAUSE_MS - 1, input)).toEqual(at('a'))
  expect(nextTurn(at('a'), HOT, input + PAUSE_MS, input)).toEqual(at('b', input + PAUSE_MS))
})

test('a wall that somebody already touches still shows the first', () => {
  expect(nextTurn(FIRST_TURN, HOT, 5, 4)).toEqual(at('a', 5))
})
