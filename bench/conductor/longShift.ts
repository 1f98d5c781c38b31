/** 200 workers who walk for eight hours and tell where they are every five seconds: 1.15 million fixes, from a seed. */
import { seededRandom, seededUuid } from '../../server/simulator/random.ts'
import type { EventStore, PositionFix } from '../../server/store/eventStore.ts'
import { IN_GRID, STREET } from '../harness/folder.ts'

export const WORKERS = 200
export const SHIFT = { from: Date.parse('2026-11-20T08:00:00+08:00'), hours: 8 }
const EVERY_MS = 5000
const STEPS = (SHIFT.hours * 3_600_000) / EVERY_MS
const BATCH = 1000

export async function longShift(store: EventStore): Promise<void> {
  const ids = Array.from({ length: WORKERS }, (_, i) => `B${String(i).padStart(3, '0')}`)
  await store.reference.putWorkers(
    ids.map(id => ({ id, name: id, role: 'fullTime', area: STREET, leads: [], telephone: null })),
  )
  for (const id of ids) {
    await store.append({
      command: null,
      recordedAt: SHIFT.from,
      personal: [],
      streams: [{ stream: `worker:${id}`, expected: 'none', events: [duty(id)] }],
    })
    const fixes = walk(id)
    for (let i = 0; i < fixes.length; i += BATCH)
      await store.recordPositions({ fixes: fixes.slice(i, i + BATCH), command: null })
  }
}

const duty = (id: string) => ({
  eventId: seededUuid('duty', id),
  type: 'dutyStarted',
  schemaVersion: 1,
  data: {},
  actor: null,
  at: SHIFT.from,
})

/** From corner to corner, with a rest now and then; the receiver wanders by a metre or two. */
function walk(worker: string): PositionFix[] {
  const random = seededRandom('long shift', worker)
  let [lng, lat] = [IN_GRID.lng + random.between(-0.01, 0.01), IN_GRID.lat + random.between(-0.01, 0.01)]
  let [east, north, left] = [0, 0, 0]
  return Array.from({ length: STEPS }, (_, i): PositionFix => {
    if (left-- <= 0) {
      left = random.integer(12, 120)
      const speedM = random.chance(0.25) ? 0 : 6.5
      const angle = (random.integer(0, 3) * Math.PI) / 2
      east = (speedM * Math.cos(angle)) / 95_700
      north = (speedM * Math.sin(angle)) / 111_195
    }
    lng += east
    lat += north
    const at = SHIFT.from + i * EVERY_MS
    const place = { lng: lng + Math.sin(i / 17) * 1e-5, lat: lat + Math.cos(i / 23) * 1e-5 }
    const motion = { accuracyM: 7, speedMps: null, courseDeg: null, batteryPct: null }
    return { worker, at, ...place, ...motion, source: 'app', datum: 'wgs84', original: null, recordedAt: at }
  })
}
