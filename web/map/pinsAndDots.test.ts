import { expect, test } from 'vitest'
import type { MapIncident, PinState } from './mapScene.ts'
import { MAX_PINS, pinsAndDots } from './pinsAndDots.ts'

const incidents = (n: number, state: PinState): MapIncident[] =>
  Array.from({ length: n }, (_, i) => ({
    id: `${state}-${i}`,
    lng: 121.8,
    lat: 30.5,
    symbol: '停',
    state,
    clock: null,
    remainingMs: null,
    fraction: null,
    bell: false,
    pulseSince: null,
    unknown: false,
  }))

test('as long as there is room everybody is a pin, the urgent first', () => {
  const [normal, late] = [incidents(3, 'normal'), incidents(2, 'breached')]
  expect(pinsAndDots([...normal, ...late])).toEqual({ pins: [...late, ...normal], dots: [] })
})

test('beyond it those become dots that nothing threatens, and nobody is lost', () => {
  const all = [...incidents(MAX_PINS, 'normal'), ...incidents(7, 'atRisk')]
  const { pins, dots } = pinsAndDots(all)
  expect(pins).toHaveLength(MAX_PINS)
  expect(dots.map(({ id }) => id)).toEqual(all.slice(MAX_PINS - 7, MAX_PINS).map(({ id }) => id))
})

test('what is urgent is a pin however much of it there is', () => {
  const urgent = incidents(MAX_PINS + 50, 'breached')
  const paused = incidents(2, 'paused')
  expect(pinsAndDots([...paused, ...urgent])).toEqual({ pins: urgent, dots: paused })
})
