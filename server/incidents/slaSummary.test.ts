import { expect, test } from 'vitest'
import { GROUPS } from '#domain/incident/groupKeys.ts'
import { MINUTE, T0 } from '../store/contractSamples.ts'
import { PRESENT } from './asOf.ts'
import { slaSummary } from './slaSummary.ts'
import { generatedStreet } from './testStreet.ts'

const everythingKnown = { at: null, knownAt: Number.MAX_SAFE_INTEGER }

test('summaries from what is kept equal those from the facts, whatever was told, now and later', async () => {
  const { store, reference, snapshot } = await generatedStreet(20_260_302)
  let rows = 0
  for (const minutes of [-1, 0, 20, 45, 90, 3000]) {
    for (const groupBy of [null, ...GROUPS]) {
      for (const filter of [
        {},
        { area: '310115' },
        { clock: 'resolve', clockState: ['breached', 'paused'] as const },
      ]) {
        const request = { filter, groupBy, now: T0 + minutes * MINUTE }
        const kept = await slaSummary(snapshot, reference, null, { ...request, asOf: PRESENT })
        expect(kept).toEqual(await slaSummary(snapshot, reference, null, { ...request, asOf: everythingKnown }))
        rows += kept.length
      }
    }
  }
  expect(rows).toBeGreaterThan(500)
  expect(await store.verify()).toEqual([])
  await snapshot.close()
  await store.close()
})
