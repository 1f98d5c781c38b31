import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Feed, WireMessage } from './feed.ts'
import { osmand } from './osmand.ts'
import { owntracks } from './owntracks.ts'
import { traccar } from './traccar.ts'

type Recorded = {
  name: string
  query?: string
  headers?: { [name: string]: string }
  body?: object
  form?: string
  read: { deviceKeys?: string[]; nothing?: string; malformed?: string; at?: string; speedMps?: number | null }
}

const RECEIVED_AT = Date.parse('2026-03-02T02:30:00Z')

function messageOf(recorded: Recorded): WireMessage {
  return {
    method: 'POST',
    query: new URLSearchParams(recorded.query),
    header: name => recorded.headers?.[name.toLowerCase()] ?? null,
    body: recorded.form ?? (recorded.body === undefined ? '' : JSON.stringify(recorded.body)),
    receivedAt: RECEIVED_AT,
    timezone: 'Asia/Shanghai',
  }
}

describe.each<[string, Feed]>([
  ['owntracks', owntracks],
  ['traccar', traccar],
  ['osmand', osmand],
])('%s', (name, feed) => {
  const recorded: Recorded[] = JSON.parse(
    readFileSync(new URL(`../../fixtures/wire/${name}.json`, import.meta.url), 'utf8'),
  )

  test.each(recorded.map(message => [message.name, message] as const))('%s', (_, message) => {
    const reading = feed.read(messageOf(message))
    const { deviceKeys, nothing, malformed, at, speedMps, ...place } = message.read
    if (malformed !== undefined) expect(reading).toEqual({ kind: 'malformed', message: malformed })
    else if (nothing !== undefined) expect(reading).toEqual({ kind: 'nothing', deviceKeys, reason: nothing })
    else
      expect(reading).toEqual({
        kind: 'fixes',
        deviceKeys,
        fixes: [
          {
            ...place,
            at: Date.parse(at!),
            datum: 'wgs84',
            source: name,
            speedMps: speedMps == null ? null : expect.closeTo(speedMps, 4),
          },
        ],
      })
  })
})

test('OwnTracks is answered with a JSON list, the others with an empty success', async () => {
  expect([await owntracks.success().text(), await traccar.success().text(), await osmand.success().text()]).toEqual([
    '[]',
    '',
    '',
  ])
})

test('what is no JSON is acknowledged to OwnTracks, whose queue would never drain otherwise', () => {
  expect(owntracks.read({ ...messageOf({ name: '', read: {} }), body: '{nonsense' })).toEqual({
    kind: 'nothing',
    deviceKeys: [],
    reason: 'badInput',
  })
})
