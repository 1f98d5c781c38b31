import { expect, test } from 'vitest'
import { inspection } from './inspect.ts'

test('inspection is plain data of what was handed over, with the names of the contract', () => {
  const seen = inspection(
    {
      incidents: [
        {
          id: 'i',
          lng: 1,
          lat: 2,
          symbol: '占',
          state: 'atRisk',
          clock: 'respond',
          remainingMs: 1,
          fraction: 0.1,
          bell: true,
          pulseSince: null,
          unknown: false,
        },
      ],
      workers: [
        {
          id: 'w',
          lng: 3,
          lat: 4,
          at: 5,
          role: 'police',
          courseDeg: null,
          assigned: false,
          trail: [],
          target: null,
          stale: false,
        },
      ],
      areas: ['a'],
      heat: { unit: 'perHectareHour', bandwidthM: 120, windowMs: 1, classes: [0.1, 0.2] },
    },
    { width: 10, height: 20, lost: false },
    7,
    8,
  )
  expect(seen).toEqual({
    head: 7,
    at: 8,
    incidents: [{ id: 'i', lng: 1, lat: 2, state: 'atRisk' }],
    workers: [{ id: 'w', lng: 3, lat: 4, at: 5 }],
    areas: ['a'],
    heat: { unit: 'perHectareHour', bandwidthM: 120, domain: [0.1, 0.2] },
    gl: { width: 10, height: 20, lost: false },
  })
  expect(structuredClone(seen)).toEqual(seen)
})
