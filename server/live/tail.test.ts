import { afterEach, beforeEach, expect, test } from 'vitest'
import { DISPATCHER, handScheduler, testWorld, WEST, type World } from '../graphql/testWorld.ts'
import type { PositionService } from '../positions/types.ts'
import type { EventStore, Snapshot } from '../store/eventStore.ts'
import type { Change } from './changes.ts'
import { HEARTBEAT_MS } from './follow.ts'
import { createLive, type Live } from './live.ts'

let world: World
beforeEach(async () => {
  world = await testWorld()
})
afterEach(() => world.close())

/** The same store, seen through a connection whose reads fail where `isBroken` says so; each read has a number. */
function seenThrough(store: EventStore, isBroken: (read: number) => boolean, hearsCommits: boolean) {
  const reads = { count: 0 }
  const read = <T>(does: () => Promise<T>): Promise<T> =>
    isBroken(++reads.count) ? Promise.reject(new Error(`read ${reads.count} failed`)) : does()
  const flaky: EventStore = {
    ...store,
    onCommit: listener => (hearsCommits ? store.onCommit(listener) : () => {}),
    head: () => read(store.head),
    snapshot: () =>
      read(async () => {
        const snapshot = await store.snapshot()
        const seen: Snapshot = {
          ...snapshot,
          events: query => read(() => snapshot.events(query)),
          incidents: query => read(() => snapshot.incidents(query)),
        }
        return seen
      }),
  }
  return { store: flaky, reads }
}

const turns = async (n = 10) => {
  for (let turn = 0; turn < n; turn++) await new Promise(resolve => setImmediate(resolve))
}
const noPositions: PositionService = {
  onFixes: () => () => {},
  record: () => Promise.reject(new Error('nobody moves')),
  setDuty: () => Promise.reject(new Error('nobody works')),
}

/** A screen: follows, and where its stream breaks follows again after its cursor. */
function screen(live: Live, after: number | null) {
  const got: number[] = []
  const beats: Extract<Change, { kind: 'Heartbeat' }>[] = []
  let cursor = after
  let broken = 0
  let isOver = false
  let stream: ReturnType<Live['changes']> | null = null
  const over = (async () => {
    while (!isOver) {
      stream = live.changes({ viewer: DISPATCHER, after: cursor, area: null, recheck: async () => {} })
      try {
        for await (const items of stream) {
          for (const item of items) {
            if ('position' in item) got.push(item.position)
            if (item.kind === 'Heartbeat') beats.push(item)
            cursor = Math.max(
              cursor ?? 0,
              'position' in item ? item.position : item.kind === 'Heartbeat' ? item.cursor : 0,
            )
          }
        }
      } catch {
        broken++
      }
    }
  })()
  return {
    got,
    beats,
    broken: () => broken,
    async stop() {
      isOver = true
      await stream?.return?.()
      await over
    },
  }
}

async function report(): Promise<void> {
  await world.does({ verb: 'report', category: 'rubbish', place: WEST })
}

/** Two screens, one from the beginning and one from now, over some facts that come one by one and some at once. */
async function scenario(isBroken: (read: number) => boolean, hearsCommits: boolean) {
  const scheduler = handScheduler()
  const { store, reads } = seenThrough(world.store, isBroken, hearsCommits)
  const live = createLive({ ...world.app, store }, noPositions, scheduler.now, scheduler)
  const begun = await world.store.head()
  const screens = [screen(live, 0), screen(live, begun)]
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 500) {
      scheduler.advance(500)
      await turns()
    }
  }
  await turns()
  await report()
  await turns()
  await Promise.all([report(), report()])
  await pass(1000)
  await report()
  await pass(20_000)
  const head = await world.store.head()
  for (const each of screens) await each.stop()
  live.close()
  return { reads: reads.count, begun, head, screens, waiting: scheduler.size }
}

const from = (after: number, head: number) => Array.from({ length: head - after }, (_, i) => after + i + 1)

test.each([
  ['of this process', true],
  ['of another process', false],
])('whichever read fails, nothing is missed and nothing comes twice: commits %s', async (_, hearsCommits) => {
  const { reads } = await scenario(() => false, hearsCommits)
  expect(reads).toBeGreaterThan(20)
  for (let failing = 1; failing <= reads; failing++) {
    const { begun, head, screens, waiting } = await scenario(read => read === failing, hearsCommits)
    expect(
      screens.map(({ got }) => got),
      `read ${failing}`,
    ).toEqual([from(0, head), from(begun, head)])
    expect(
      screens.map(({ beats }) => beats.at(-1)),
      `read ${failing}`,
    ).toMatchObject([
      { head, cursor: head },
      { head, cursor: head },
    ])
    expect(waiting).toBe(0)
  }
})

test('a store that fails for a while, from any read on: nothing is missed and nothing comes twice', async () => {
  for (let first = 1; first <= 20; first++) {
    const { begun, head, screens } = await scenario(read => read >= first && read < first + 7, first % 2 === 0)
    expect(
      screens.map(({ got }) => got),
      `from read ${first}`,
    ).toEqual([from(0, head), from(begun, head)])
  }
})

test('who comes after a first look that failed is served, without a restart', async () => {
  const scheduler = handScheduler()
  let isDown = true
  const { store } = seenThrough(world.store, () => isDown, true)
  const live = createLive({ ...world.app, store }, noPositions, scheduler.now, scheduler)
  const follow = () => live.changes({ viewer: DISPATCHER, after: null, area: null, recheck: async () => {} })
  const [first, second] = [follow(), follow()]
  await Promise.all([expect(first.next()).rejects.toThrow('failed'), expect(second.next()).rejects.toThrow('failed')])
  isDown = false
  const third = follow()
  expect((await third.next()).value).toMatchObject([{ kind: 'Heartbeat', head: 0, cursor: 0 }])
  await report()
  expect((await third.next()).value).toMatchObject([{ position: 1 }])
  await third.return?.()
  expect(scheduler.size).toBe(0)
  live.close()
})

test('while facts can be counted but not read, the heartbeat says that this stream is behind', async () => {
  const scheduler = handScheduler()
  let isDown = false
  const { store } = seenThrough(world.store, () => false, true)
  const snapshot = () => (isDown ? Promise.reject(new Error('no connection')) : store.snapshot())
  const live = createLive({ ...world.app, store: { ...store, snapshot } }, noPositions, scheduler.now, scheduler)
  const wall = screen(live, null)
  await turns()
  isDown = true
  await report()
  for (let passed = 0; passed < HEARTBEAT_MS + 500; passed += 500) {
    scheduler.advance(500)
    await turns()
  }
  expect(wall.got).toEqual([])
  expect(wall.beats).toMatchObject([
    { head: 0, cursor: 0 },
    { head: 1, cursor: 0 },
  ])
  isDown = false
  for (let passed = 0; passed < 2 * HEARTBEAT_MS; passed += 500) {
    scheduler.advance(500)
    await turns()
  }
  expect(wall.got).toEqual([1])
  expect(wall.beats.at(-1)).toMatchObject({ head: 1, cursor: 1 })
  expect(wall.broken()).toBe(0)
  expect(world.logged.length).toBeGreaterThan(0)
  expect(world.logged.length).toBeLessThan(12) // it backs off
  await wall.stop()
  live.close()
})
