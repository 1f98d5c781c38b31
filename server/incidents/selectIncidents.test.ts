import { expect, test } from 'vitest'
import { CLOCK_MEASURES } from '#domain/sla/clockMeasures.ts'
import type { Viewer } from '../access/viewer.ts'
import { MINUTE, T0 } from '../store/contractSamples.ts'
import { type AsOf, PRESENT } from './asOf.ts'
import { type CohortFigures, cohort } from './cohort.ts'
import type { IncidentFilter } from './incidentFilter.ts'
import { selectIncidents } from './selectIncidents.ts'
import { slaSummary } from './slaSummary.ts'
import { generatedStreet } from './testStreet.ts'

const STATES = ['met', 'breached', 'running', 'paused', 'pending', 'notApplicable'] as const
const LEADER: Viewer = {
  tokenId: 'leader',
  role: 'leader',
  areas: ['310115'],
  worker: null,
  leads: [],
  device: null,
  name: null,
}
const PERIOD = { from: T0 - 60 * MINUTE, to: T0 + 60 * MINUTE }
const now = T0 + 90 * MINUTE

test.each<[string, AsOf]>([
  ['now', PRESENT],
  ['as it stood at half past ten', { at: T0 + 30 * MINUTE, knownAt: T0 + 45 * MINUTE }],
])('behind every count of every clock stand as many incidents, in every area and group, %s', async (_, asOf) => {
  const { store, reference, snapshot } = await generatedStreet(20_261_122)
  const counted = { decidedLate: 0, removedAfterBreach: 0 }
  for (const area of ['310115', '310115006']) {
    const filter = { ...PERIOD, area }
    const request = { filter, groupBy: ['AREA', 'WORKER'] as const, bins: [], worst: 0, asOf, now }
    const { whole, groups } = await cohort(snapshot, reference, LEADER, request)
    expect(whole.clocks).toEqual(await slaSummary(snapshot, reference, LEADER, { filter, groupBy: null, asOf, now }))
    for (const row of [whole, ...groups.flatMap(({ rows }) => rows)]) {
      for (const { clock, late, removedAfterBreach, ...states } of row.clocks) {
        const behind = async (more: IncidentFilter) => {
          const wanted = { ...filter, ...groupOf(row), clock, ...more }
          let n = 0
          for await (const _ of selectIncidents(snapshot, reference, LEADER, { filter: wanted, asOf, now })) n++
          return n
        }
        const told = { ...states, decidedLate: late, removedAfterBreach }
        const found: { [count: string]: number } = {}
        for (const state of STATES) found[state] = await behind({ clockState: [state] })
        for (const measure of CLOCK_MEASURES) found[measure] = await behind({ measure })
        expect({ clock, ...told }).toMatchObject({ clock, ...found, key: row.key })
        counted.decidedLate += late
        counted.removedAfterBreach += removedAfterBreach
      }
    }
  }
  expect(counted.decidedLate).toBeGreaterThan(100)
  expect(counted.removedAfterBreach).toBeGreaterThan(30)
  await snapshot.close()
  await store.close()
})

function groupOf({ by, key }: CohortFigures): IncidentFilter {
  return by === null ? {} : { group: { by, key } }
}
