import { type Feed, known, numberOf, parseObject, type Reading, type WireMessage } from './feed.ts'

const KMH_PER_MPS = 3.6

/**
 * OwnTracks over HTTP (WIRE §3). A phone repeats for ever what is not answered with 2xx, so everything that we cannot
 * use is acknowledged. Keys whose value is zero are left out by the app.
 */
export const owntracks: Feed = {
  name: 'owntracks',
  read,
  success: () => new Response('[]', { headers: { 'content-type': 'application/json' } }),
}

function read(message: WireMessage): Reading {
  const body = parseObject(message.body)
  const deviceKeys = keysOf(message, body)
  if (message.body.length === 0) return { kind: 'nothing', deviceKeys, reason: 'empty' }
  if (body === null) return { kind: 'nothing', deviceKeys, reason: 'badInput' }
  if (body._type !== 'location') return { kind: 'nothing', deviceKeys, reason: otherType(body._type) }
  const seconds = numberOf(body.tst)
  if (seconds === null) return { kind: 'nothing', deviceKeys, reason: 'badInput' }
  const speedKmh = known(body.vel)
  return {
    kind: 'fixes',
    deviceKeys,
    fixes: [
      {
        at: Math.round(seconds * 1000),
        lng: numberOf(body.lon) ?? 0,
        lat: numberOf(body.lat) ?? 0,
        datum: 'wgs84',
        accuracyM: known(body.acc),
        speedMps: speedKmh === null ? null : speedKmh / KMH_PER_MPS,
        courseDeg: known(body.cog),
        batteryPct: known(body.batt),
        source: 'owntracks',
      },
    ],
  }
}

function otherType(type: unknown): string {
  return type === 'encrypted' ? 'encrypted' : 'otherType'
}

/** By `topic`, else by the headers or the query, else by the tracker id. The user may be left out of a token's device. */
function keysOf(message: WireMessage, body: { readonly [key: string]: unknown } | null): string[] {
  const topic = typeof body?.topic === 'string' ? body.topic : ''
  const [, topicUser, topicDevice] = /^owntracks\/([^/]+)\/([^/]+)/.exec(topic) ?? []
  const user = topicUser ?? message.header('x-limit-u') ?? message.query.get('u')
  const device = topicDevice ?? message.header('x-limit-d') ?? message.query.get('d')
  if (device) return user ? [`${user}/${device}`, device] : [device]
  return typeof body?.tid === 'string' ? [body.tid] : []
}
