import { expect, test } from 'vitest'
import { duty, T0 } from './contractSamples.ts'
import { openStore } from './openStore.ts'

test.for([':memory:', 'file::memory:'])('a store in memory: %s', async url => {
  const store = await openStore(url)
  await store.append(duty('w1', 'dutyStarted', T0))
  const snapshot = await store.snapshot()
  expect(await snapshot.head()).toBe(1)
  await snapshot.close()
  expect(await store.verify()).toEqual([])
  await store.close()
})

test('another URL is refused without repeating its password', async () => {
  await expect(openStore('mysql://me:secret@host/db')).rejects.toThrow('mysql://…')
})
