import { expect, test } from 'vitest'
import type { KeyAction } from './conductorKeys.ts'
import { act } from './handle.ts'

const NEEDLE = { at: 5_000, from: 1_000, last: 9_000 }

test.each<[KeyAction, string]>([
  [{ kind: 'move', by: -60 }, 'seek 4940'],
  [{ kind: 'start' }, 'seek 1000'],
  [{ kind: 'end' }, 'seek 9000'],
  [{ kind: 'toggle' }, 'toggle'],
  [{ kind: 'faster' }, 'turn 1'],
  [{ kind: 'slower' }, 'turn -1'],
  [{ kind: 'now' }, 'now'],
])('%j does one thing to the conductor', (action, does) => {
  const done: string[] = []
  act(action, NEEDLE, {
    seek: at => done.push(`seek ${at}`),
    toggle: () => done.push('toggle'),
    turn: step => done.push(`turn ${step}`),
    toNow: () => done.push('now'),
  })
  expect(done).toEqual([does])
})
