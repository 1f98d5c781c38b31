import { parseInstant } from '#domain/time/instant.ts'
import { parseLocal } from '#domain/time/localTime.ts'
import { type Feed, known, numberOf, type Reading, type WireMessage } from './feed.ts'

/** Metres per second in one of the unit. The OsmAnd app itself sends m/s: say `speedUnit=mps` in its address. */
const SPEED_UNITS: { readonly [unit: string]: number } = { knots: 0.514444, mps: 1, kmh: 1 / 3.6 }
const LAST_SECOND = 2 ** 31 - 1

/** The OsmAnd query form, as Traccar Client before 9 sends it too (WIRE §2): GET, or POST with a form. */
export const osmand: Feed = {
  name: 'osmand',
  read,
  success: () => new Response(null, { status: 200 }),
}

function read(message: WireMessage): Reading {
  const fields = new URLSearchParams([...message.query, ...new URLSearchParams(message.body)])
  const id = fields.get('id') ?? fields.get('deviceid')
  if (!id) return { kind: 'malformed', message: 'id is missing: write ?id=… with the name of the phone' }
  const unitName = fields.get('speedUnit') ?? 'knots'
  // Every object knows "constructor" and the like, which are no units.
  const unit = Object.hasOwn(SPEED_UNITS, unitName) ? SPEED_UNITS[unitName] : undefined
  if (unit === undefined) return { kind: 'malformed', message: 'speedUnit must be knots, mps or kmh' }
  const deviceKeys = [id]
  const [lat, lng] = placeOf(fields)
  if (lat === null || lng === null) return { kind: 'nothing', deviceKeys, reason: 'heartbeat' }
  const at = timeOf(fields.get('timestamp'), message)
  if (at === null) return { kind: 'nothing', deviceKeys, reason: 'badInput' }
  if (fields.get('valid') === 'false') return { kind: 'nothing', deviceKeys, reason: 'notValid' }
  const speed = known(fields.get('speed'))
  return {
    kind: 'fixes',
    deviceKeys,
    fixes: [
      {
        at,
        lng,
        lat,
        datum: 'wgs84',
        accuracyM: known(fields.get('accuracy')),
        speedMps: speed === null ? null : speed * unit,
        courseDeg: known(fields.get('bearing') ?? fields.get('heading')),
        batteryPct: known(fields.get('batt')),
        source: 'osmand',
      },
    ],
  }
}

function placeOf(fields: URLSearchParams): [lat: number | null, lng: number | null] {
  const [lat, lng] = fields.get('location')?.split(',') ?? [fields.get('lat'), fields.get('lon')]
  return [numberOf(lat), numberOf(lng)]
}

/** Whole seconds below 2³¹, else milliseconds; ISO 8601; or `yyyy-MM-dd HH:mm:ss` in the store's zone. Absent: now. */
function timeOf(text: string | null, message: WireMessage): number | null {
  if (text === null || text === '') return message.receivedAt
  const number = numberOf(text)
  if (number !== null) return Math.round(number < LAST_SECOND ? number * 1000 : number)
  return text.includes('T') ? parseInstant(text) : parseLocal(text, 'yyyy-MM-dd HH:mm:ss', message.timezone)
}
