/** The part of the contract that is about positions: judged and kept in one step. */
import { expect, test } from 'vitest'
import type { FixVerdict } from '#domain/worker/judgeFixes.ts'
import { batchOf, duty, fix, MINUTE, type Opened, read, T0 } from './contractSamples.ts'
import type { EventStore, PositionFix, PositionResult, Snapshot } from './eventStore.ts'

export function positionsContract(openOne: () => Promise<Opened>): void {
  async function onDuty(): Promise<Opened> {
    const opened = await openOne()
    for (const worker of ['w1', 'w2']) await opened.store.append(duty(worker, 'dutyStarted', T0, T0))
    return opened
  }
  const verdicts = async (store: EventStore, fixes: readonly PositionFix[]) =>
    verdictsOf(await store.recordPositions(batchOf(fixes)))

  test('an end of duty that is told late takes the positions that turn out to be off duty', async () => {
    const { store } = await onDuty()
    const minutes = [0, 10, 29, 30, 40]
    for (const worker of ['w1', 'w2']) {
      await store.recordPositions(batchOf(minutes.map(minute => fix(worker, T0 + minute * MINUTE))))
    }
    const kept = async (worker: string) => {
      const found = await read(store, s => s.positions({ workers: [worker], from: 0, to: Number.MAX_SAFE_INTEGER }))
      return found.map(({ at }) => (at - T0) / MINUTE)
    }
    const last = async () => (await read(store, s => s.lastPositions({ workers: ['w1'] }))).map(({ at }) => at)
    const revision = await read(store, s => s.positionRevision())
    await store.append(duty('w1', 'dutyEnded', T0 + 30 * MINUTE, T0 + 60 * MINUTE))
    expect(await kept('w1')).toEqual([0, 10, 29])
    expect(await kept('w2')).toEqual(minutes)
    expect(await last()).toEqual([T0 + 29 * MINUTE])
    expect(await read(store, s => s.positionRevision())).toBeGreaterThan(revision)
    expect(await store.verify()).toEqual([])

    await store.append(duty('w1', 'dutyEnded', T0, T0 + 61 * MINUTE))
    expect([await kept('w1'), await last()]).toEqual([[], []])
    expect(await store.verify()).toEqual([])
    await store.append(duty('w1', 'dutyStarted', T0 + 62 * MINUTE, T0 + 62 * MINUTE))
    await store.recordPositions(batchOf([fix('w1', T0 + 63 * MINUTE)]))
    expect(await last()).toEqual([T0 + 63 * MINUTE])
    expect(await store.verify()).toEqual([])
  })

  test('positions are taken once: the first stays, the same again is a duplicate, another place a conflict', async () => {
    const { store } = await onDuty()
    const first = fix('w1', T0)
    expect(await verdicts(store, [first, fix('w1', T0 + 1), first, fix('w1', T0, 121.6)])).toEqual([
      'accepted',
      'accepted',
      'duplicate',
      'conflictingFix',
    ])
    const again = [
      fix('w1', T0 + 5e-8, 121.5 + 5e-8),
      fix('w1', T0 + 1, 121.7),
      fix('w1', T0, 121.5 + 5e-8),
      fix('w2', T0),
    ]
    const outcomes = await Promise.all([verdicts(store, again.slice(1, 3)), verdicts(store, again.slice(3))])
    expect(outcomes).toEqual([['conflictingFix', 'duplicate'], ['accepted']])
    const stored = await read(store, snapshot => snapshot.positions({ from: T0, to: T0 + 1 }))
    expect(stored).toEqual([first, fix('w2', T0), fix('w1', T0 + 1)])
  })

  test('the last position never moves backwards, and is known for every instant', async () => {
    const { store } = await onDuty()
    await store.recordPositions(batchOf([fix('w1', T0 + 10), fix('w2', T0 + 1)]))
    await store.recordPositions(batchOf([fix('w1', T0 + 5)]))
    const last = (query: Parameters<Snapshot['lastPositions']>[0]) =>
      read(store, async s => (await s.lastPositions(query)).map(({ worker, at }) => [worker, at - T0]))
    expect(await last({})).toEqual([
      ['w1', 10],
      ['w2', 1],
    ])
    expect(await last({ at: T0 + 7 })).toEqual([
      ['w1', 5],
      ['w2', 1],
    ])
    expect(await last({ at: T0 + 7, notBefore: T0 + 2 })).toEqual([['w1', 5]])
    expect(await last({ workers: ['w2', 'w3'] })).toEqual([['w2', 1]])
    const trail = { workers: ['w1'], from: T0 + 5, to: T0 + 10 }
    expect(await read(store, s => s.positions({ ...trail, limit: 1 }))).toEqual([fix('w1', T0 + 5)])
    expect(await read(store, s => s.positions(trail))).toHaveLength(2)
  })

  test('what moved is known by a revision, in every process and after a rebuild', async () => {
    const { store, another } = await onDuty()
    const other = await another()
    const moved = (movedAfter: number) =>
      read(other, async s => ({
        revision: await s.positionRevision(),
        who: (await s.lastPositions({ movedAfter })).map(({ worker, at }) => [worker, at - T0]),
      }))
    expect(await moved(0)).toEqual({ revision: 0, who: [] })
    await store.recordPositions(batchOf([fix('w1', T0), fix('w2', T0), fix('w1', T0 + 5)]))
    const first = await moved(0)
    expect(first.who).toEqual([
      ['w1', 5],
      ['w2', 0],
    ])
    await store.recordPositions(batchOf([fix('w1', T0 + 3)])) // late: nobody's newest
    expect(await moved(first.revision)).toEqual({ revision: first.revision, who: [] })
    await other.recordPositions(batchOf([fix('w2', T0 + 9)]))
    const second = await moved(first.revision)
    expect(second.who).toEqual([['w2', 9]])
    await store.rebuild()
    expect((await moved(second.revision)).who).toHaveLength(2)
  })

  test('each fix is judged by what was written before it, whoever writes at the same moment', async () => {
    const { store, another } = await onDuty()
    const other = await another()
    const end = store.append(duty('w2', 'dutyEnded', T0 + 5, T0 + 5))
    const all = [
      verdicts(store, [fix('w1', T0)]),
      verdicts(store, [fix('w1', T0 + 1000, 121.6)]),
      verdicts(store, [fix('w2', T0 + 4), fix('w2', T0 + 5)]),
      verdicts(other, [fix('w1', T0 + 2000, 121.7)]),
    ]
    await end
    const [first, second, ended, elsewhere] = await Promise.all(all)
    expect(ended).toEqual(['accepted', 'offDuty'])
    // Three places 10 km apart within two seconds: the first that was written stands alone.
    expect([first, second, elsewhere].flat().sort()).toEqual(['accepted', 'tooFast', 'tooFast'])
    expect(await read(store, s => s.positions({ from: T0, to: T0 + 2000 }))).toHaveLength(2)
    expect(await store.verify()).toEqual([])
  })

  test('a command is judged once, in whatever process; under its id other fixes are a conflict and not kept', async () => {
    const { store, another } = await onDuty()
    const other = await another()
    const command = { id: 'c1', requestHash: 'one' }
    const fixes = [fix('w1', T0), fix('w1', T0 - 1)]
    const results = await Promise.all([
      store.recordPositions({ fixes, command }),
      other.recordPositions({ fixes, command }),
      store.recordPositions({ fixes, command }),
    ])
    expect(results.map(verdictsOf)).toEqual(Array(3).fill(['accepted', 'offDuty']))
    expect(results.map(({ kind }) => kind).sort()).toEqual(['recorded', 'replayed', 'replayed'])
    const others = { fixes: [fix('w1', T0 + 1)], command: { id: 'c1', requestHash: 'two' } }
    expect(await other.recordPositions(others)).toEqual({ kind: 'commandConflict' })
    expect(await read(store, s => s.positions({ from: 0, to: T0 + 1 }))).toHaveLength(1)
    expect(await store.command('c1')).toMatchObject({ requestHash: 'one', stream: null })
  })

  test('a fix of no possible time or place is refused and takes no other with it', async () => {
    const { store } = await onDuty()
    const impossible = [{ ...fix('w1', Number.NaN) }, { ...fix('w1', T0), lat: Number.NaN }]
    expect(await verdicts(store, [...impossible, fix('w1', T0 + 1)])).toEqual(['badInput', 'badInput', 'accepted'])
    expect(await verdicts(store, impossible)).toEqual(['badInput', 'badInput'])
  })
}

function verdictsOf(result: PositionResult): readonly FixVerdict[] | null {
  return result.kind === 'commandConflict' ? null : result.verdicts
}
