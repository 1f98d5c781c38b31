import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { Api } from '../graphql/client.ts'
import { withTrails } from './trails.ts'
import { followWall, withMoves } from './wallFeed.ts'
import type { WallFix } from './wallState.ts'

const fix = (at: number): WallFix => ({ at, lng: at, lat: 0, courseDeg: null, speedMps: null })

test('the last word on each worker wins, a late fix moves nobody back, who left is gone', () => {
  const before = new Map([
    ['a', fix(10)],
    ['b', fix(10)],
    ['c', fix(10)],
  ])
  const after = withMoves(
    before,
    new Map([
      ['a', fix(12)],
      ['b', fix(8)],
      ['c', null],
      ['d', fix(1)],
    ]),
  )
  expect([...after].map(([id, { at }]) => [id, at])).toEqual([
    ['a', 12],
    ['b', 10],
    ['d', 1],
  ])
  expect(before.size).toBe(3)
})

test('a trail holds the last dozen fixes, each once', () => {
  let trails = withTrails(new Map(), new Map([['a', fix(0)]]))
  for (let at = 1; at < 30; at++) trails = withTrails(trails, new Map([['a', fix(at)]]))
  trails = withTrails(trails, new Map([['a', fix(29)]]))
  const [trail] = trails.values()
  expect(trail?.path.map(([lng]) => lng)).toEqual(Array.from({ length: 12 }, (_, index) => 18 + index))
  expect(withTrails(trails, new Map()).size).toBe(0)
})

type Follower = { next(data: unknown): void; error(error: unknown): void }
type Asked = { answer(head: number, open?: readonly string[]): Promise<void>; fail(): Promise<void> }

/** The server as the feed sees it: each question waits for its answer, each stream for what it tells. */
function server() {
  const asked: Asked[] = []
  const streams: { follower: Follower; variables: () => { after?: number } }[] = []
  const api = {
    ask: () =>
      new Promise((resolve, reject) => {
        asked.push({
          async answer(head, open = []) {
            const page = (ids: readonly string[]) => ({ totalCount: ids.length, nodes: ids.map(incident) })
            resolve({ head, open: page(open), awaiting: page([]), workers: [], policies: [], sources: [] })
            await settled()
          },
          async fail() {
            reject(new Error('no answer'))
            await settled()
          },
        })
      }),
    follow(_: unknown, variables: () => { after?: number }, follower: Follower) {
      streams.push({ follower, variables })
      return () => {}
    },
  } as unknown as Api
  return {
    api,
    asked,
    begin: () => streams[0]!.variables(),
    tell: (...changes: object[]) => streams[0]!.follower.next({ changes }),
    positions: streams,
  }
}

const settled = () => new Promise<void>(resolve => process.nextTick(() => queueMicrotask(resolve)))
const incident = (id: string) => ({
  id,
  number: id,
  status: 'REPORTED',
  title: id,
  category: 'waste',
  source: 'hotline',
  tier: null,
  version: 1,
  path: [],
  place: null,
  area: null,
  assignees: [],
  leadingClock: null,
  facts: [],
})
const beat = (head: number, cursor = head) => ({
  __typename: 'Heartbeat',
  head,
  cursor,
  serverTime: '2026-03-02T02:00:00Z',
})
const changed = (position: number, id: string) => ({ __typename: 'IncidentChanged', position, incident: incident(id) })
const lagged = (from: number, to: number) => ({ __typename: 'Lagged', from, to })

function follow() {
  const told = server()
  const seen = { shown: [] as string[], reached: -1, heard: 0, positions: true, failures: 0 }
  const stop = followWall(told.api, () => null, {
    heard: () => seen.heard++,
    reached: position => {
      seen.reached = position
    },
    followsPositions: isFollowing => {
      seen.positions = isFollowing
    },
    snapshot: ({ live }) => {
      seen.shown = [...live.incidents.keys()]
    },
    live: live => {
      seen.shown = [...live.incidents.keys()]
    },
    fixes: () => {},
    failed: () => seen.failures++,
  })
  onTestFinished(stop)
  return { ...told, seen }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
})

test('a stream that lags while a snapshot is read makes the wall read once more', async () => {
  const { begin, tell, asked, seen } = follow()
  begin()
  tell(beat(10))
  tell(lagged(10, 50))
  await asked[0]!.answer(12, ['a'])
  expect(seen).toMatchObject({ shown: ['a'], reached: -1 })
  expect(asked.length).toBe(2)
  await asked[1]!.answer(51, ['a', 'b'])
  expect(seen).toMatchObject({ shown: ['a', 'b'], reached: 51 })
  expect(asked.length).toBe(2)
})

test('a snapshot that holds what the stream skipped is enough', async () => {
  const { begin, tell, asked, seen } = follow()
  begin()
  tell(beat(10))
  tell(lagged(10, 50))
  await asked[0]!.answer(50, ['a'])
  expect(seen.reached).toBe(50)
  expect(asked.length).toBe(1)
})

test('what came while a wall that lagged read afresh stays on it, though the snapshot is older', async () => {
  const { begin, tell, asked, seen } = follow()
  begin()
  tell(beat(10))
  await asked[0]!.answer(10, ['a'])
  tell(lagged(10, 50))
  tell(changed(52, 'new'))
  vi.advanceTimersByTime(250)
  expect(seen.shown).toEqual(['a', 'new'])
  await asked[1]!.answer(51, ['a', 'b'])
  vi.advanceTimersByTime(250)
  expect(seen.shown).toEqual(['a', 'b', 'new'])
  expect(seen.reached).toBe(52)
})

test('while no snapshot comes the wall is behind, and asks one at a time', async () => {
  const { begin, tell, asked, seen } = follow()
  begin()
  tell(beat(10))
  for (let attempt = 0; attempt < 5; attempt++) {
    await asked.at(-1)!.fail()
    for (let beats = 0; beats < 3; beats++) tell(beat(10))
    expect(asked.length).toBe(attempt + 1)
    vi.advanceTimersByTime(3000)
    expect(asked.length).toBe(attempt + 2)
  }
  expect(seen).toMatchObject({ reached: -1, failures: 5 })
  await asked.at(-1)!.answer(10)
  expect(seen.reached).toBe(10)
})

test('a socket that opens after the snapshot was read begins later: what lies between is read', async () => {
  const { begin, tell, asked, seen } = follow()
  expect(begin()).toEqual({ after: undefined })
  vi.advanceTimersByTime(3000)
  await asked[0]!.answer(10, ['a'])
  tell(beat(14))
  expect(asked.length).toBe(2)
  await asked[1]!.answer(14, ['a', 'b'])
  expect(seen).toMatchObject({ shown: ['a', 'b'], reached: 14 })
})

test('a stream is begun again after the last place that was told, shown or not', async () => {
  const { begin, tell, asked, seen } = follow()
  begin()
  tell(beat(10))
  await asked[0]!.answer(10)
  tell(changed(12, 'a'))
  expect(begin()).toEqual({ after: 12 })
  tell(beat(12))
  tell(beat(20, 19))
  expect(begin()).toEqual({ after: 19 })
  expect(seen.reached).toBe(19)
  expect(asked.length).toBe(1)
})

test('positions tell of themselves and nothing of the changes', async () => {
  const { begin, positions, seen } = follow()
  begin()
  const [, stream] = positions
  stream!.follower.next({ positions: { snapshot: true, workers: [], left: [] } })
  expect(seen).toMatchObject({ heard: 0, positions: true })
  stream!.follower.error(new Error('broken'))
  expect(seen).toMatchObject({ heard: 0, positions: false, failures: 0 })
})
