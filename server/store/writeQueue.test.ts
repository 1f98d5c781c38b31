import { expect, test } from 'vitest'
import { duty, T0 } from './contractSamples.ts'
import { openSqliteEngine } from './sqlite/sqliteEngine.ts'
import { CommitFailed, type Engine, query, Unavailable } from './steps.ts'
import { writeQueue } from './writeQueue.ts'
import { engineWriter } from './writeTasks.ts'

/** A real database whose transactions fail as `fault` says of each, counted from 1. */
function queueOver(fault: (transaction: number) => Error | null) {
  const real = openSqliteEngine(':memory:')
  let transactions = 0
  const engine: Engine = {
    ...real,
    async transaction(steps) {
      const error = fault(++transactions)
      if (error !== null) throw error
      return real.transaction(steps)
    },
  }
  return {
    queue: writeQueue(engine, engineWriter(engine, new Map()), () => {}, 1000),
    transactions: () => transactions,
  }
}

const outcomesOf = async (all: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(all)).map(outcome => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason))
const raise = () => query('update reference_revision set revision = revision + 1 where id = 1 returning revision')
const bad = () => query('insert into no_such_table values (1)')

test.each([
  ['a store that is not there', new Unavailable('held')],
  ['a commit whose end is not known', new CommitFailed('disk')],
])('%s is asked once for all who wait, and all are told', async (_, error) => {
  const { queue, transactions } = queueOver(transaction => (transaction === 1 ? error : null))
  const all = [1, 2, 3].map(() => queue.append(duty('w1', 'dutyStarted', T0)))
  expect(await outcomesOf(all)).toEqual([error, error, error])
  expect(transactions()).toBe(1)
  expect(await queue.write(raise)).toEqual([[1]])
})

test('one bad task takes no other with it', async () => {
  const { queue } = queueOver(() => null)
  const outcomes = await outcomesOf([queue.write(raise), queue.write(bad), queue.write(raise)])
  expect(outcomes).toMatchObject([[[1]], { code: 'SQLITE_ERROR' }, [[2]]])
})

test('a store that goes away between the tasks of a bad batch is asked no more', async () => {
  const gone = new Unavailable('held')
  const { queue, transactions } = queueOver(transaction => (transaction === 3 ? gone : null))
  const all = [queue.write(raise), queue.write(bad), queue.write(raise), queue.write(raise)]
  expect(await outcomesOf(all)).toEqual([[[1]], gone, gone, gone])
  expect(transactions()).toBe(3)
})
