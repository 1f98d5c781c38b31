import { expect, test } from 'vitest'
import type { MapIncident, PinState } from './mapScene.ts'
import { arcPath, pinExtent, pinFace } from './pin.ts'

const texts = { unknown: '未知' }
const incident = (state: PinState, more: Partial<MapIncident> = {}): MapIncident => ({
  id: 'i',
  lng: 0,
  lat: 0,
  symbol: '占道',
  state,
  clock: 'respond',
  remainingMs: 27_000,
  fraction: 0.4,
  bell: false,
  pulseSince: null,
  unknown: false,
  ...more,
})

test('every state has a shape of its own, and only what needs action carries a time', () => {
  const states: PinState[] = ['normal', 'atRisk', 'breached', 'paused', 'awaiting']
  const faces = states.map(state => pinFace(incident(state), texts))
  expect(new Set(faces.map(face => face.shape)).size).toBe(states.length)
  expect(faces.map(face => face.flag)).toEqual([null, '0:27', '0:27', null, null])
  expect(faces.map(face => face.symbol)).toEqual(Array(5).fill('占'))
  expect(faces[2]!.urgency).toBeGreaterThan(faces[1]!.urgency)
})

test('a limit that passed while nobody could say so reads 未知 and is never drawn as over', () => {
  const face = pinFace(incident('atRisk', { remainingMs: -5000, unknown: true }), texts)
  expect(face).toMatchObject({ shape: 'disc', flag: '未知', unknown: true })
})

test('an incident without a clock is a ring without a share', () => {
  const face = pinFace(incident('normal', { clock: null, remainingMs: null, fraction: null }), texts)
  expect(face).toMatchObject({ shape: 'ring', ring: null, flag: null })
})

test('a flag and a bell take their room', () => {
  const plain = pinExtent(pinFace(incident('breached', { remainingMs: null }), texts))
  const timed = pinExtent(pinFace(incident('breached', { remainingMs: -5000 }), texts))
  const rung = pinExtent(pinFace(incident('breached', { remainingMs: -5000, bell: true }), texts))
  expect(timed.right).toBeGreaterThan(plain.right + 30)
  expect(rung.left).toBeGreaterThan(timed.left)
})

test('the ring runs clockwise from twelve', () => {
  expect(arcPath(10, 0.25)).toContain('A10 10 0 0 1 10.00 ')
  expect(arcPath(10, 0.75)).toContain('0 1 1 -10.00')
})
