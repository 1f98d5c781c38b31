import { expect, test } from 'vitest'
import { honestTime } from './honestTime.ts'

const now = Date.parse('2026-03-02T10:00:00.000Z')
const SECOND = 1000
const HOUR = 3_600_000

/** All as offsets from the server's now. */
test.each([
  { name: 'nothing said: now', at: null, sentAt: null, expected: { ok: true, at: 0 } },
  { name: 'nothing said by a wrong clock: now', at: null, sentAt: -HOUR, expected: { ok: true, at: 0 } },
  { name: 'a moment ago', at: -5 * SECOND, sentAt: 0, expected: { ok: true, at: -5 * SECOND } },
  {
    name: 'a difference of 2 s is left alone',
    at: -5 * SECOND,
    sentAt: -2 * SECOND,
    expected: { ok: true, at: -5 * SECOND },
  },
  {
    name: 'a clock that is behind is moved by the difference',
    at: -3605 * SECOND,
    sentAt: -HOUR,
    expected: { ok: true, at: -5 * SECOND, originalAt: -3605 * SECOND },
  },
  {
    name: 'a clock that is ahead is moved back',
    at: HOUR - 5 * SECOND,
    sentAt: HOUR,
    expected: { ok: true, at: -5 * SECOND, originalAt: HOUR - 5 * SECOND },
  },
  {
    name: 'up to 2 s in the future is now',
    at: 2 * SECOND,
    sentAt: null,
    expected: { ok: true, at: 0, originalAt: 2 * SECOND },
  },
  { name: 'further is refused', at: 2001, sentAt: 0, expected: { ok: false, rule: 'future' } },
  {
    name: 'future by its own clock is refused too',
    at: -HOUR + 2001,
    sentAt: -HOUR,
    expected: { ok: false, rule: 'future' },
  },
  { name: 'a day back is allowed', at: -24 * HOUR, sentAt: 0, expected: { ok: true, at: -24 * HOUR } },
  { name: 'more than a day back is not', at: -24 * HOUR - 1, sentAt: 0, expected: { ok: false, rule: 'tooOld' } },
])('$name', ({ at, sentAt, expected }) => {
  const from = (offset: number | null) => (offset === null ? null : now + offset)
  const time = honestTime({ at: from(at), sentAt: from(sentAt), now })
  const relative = time.ok
    ? { ...time, at: time.at - now, ...(time.originalAt === undefined ? {} : { originalAt: time.originalAt - now }) }
    : time
  expect(relative).toEqual(expected)
})
