import { parseInstant } from '#domain/time/instant.ts'
import { type Feed, known, numberOf, objectOf, parseObject, type Reading, type WireMessage } from './feed.ts'

/** Traccar Client ≥ 9 as JSON (WIRE §1): speed in m/s, level 0…1, −1 for what is not known. */
export const traccar: Feed = {
  name: 'traccar',
  read,
  success: () => new Response(null, { status: 200 }),
}

function read(message: WireMessage): Reading {
  const body = parseObject(message.body)
  const deviceId = body?.device_id
  if (typeof deviceId !== 'string' && typeof deviceId !== 'number')
    return { kind: 'malformed', message: 'device_id is missing: send the JSON of Traccar Client 9 or newer' }
  const deviceKeys = [String(deviceId)]
  const location = objectOf(body?.location)
  const coords = objectOf(location?.coords)
  if (location === null || coords === null) return { kind: 'nothing', deviceKeys, reason: 'heartbeat' }
  const at = typeof location.timestamp === 'string' ? parseInstant(location.timestamp) : null
  const lng = numberOf(coords.longitude)
  const lat = numberOf(coords.latitude)
  if (at === null || lng === null || lat === null) return { kind: 'nothing', deviceKeys, reason: 'badInput' }
  const level = known(objectOf(location.battery)?.level)
  return {
    kind: 'fixes',
    deviceKeys,
    fixes: [
      {
        at,
        lng,
        lat,
        datum: 'wgs84',
        accuracyM: known(coords.accuracy),
        speedMps: known(coords.speed),
        courseDeg: known(coords.heading),
        batteryPct: level === null ? null : level * 100,
        source: 'traccar',
      },
    ],
  }
}
