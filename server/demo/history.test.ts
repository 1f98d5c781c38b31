import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { breachFacts } from '#domain/sla/breaches.ts'
import { policyOf } from '#domain/sla/policy.ts'
import { startOfLocalDay } from '#domain/time/localTime.ts'
import { incidentCommands } from '../commands/incidentCommands.ts'
import { createMetrics } from '../metrics.ts'
import { positionService } from '../positions/positionService.ts'
import { backfill } from '../simulator/backfill.ts'
import { demoWorld } from '../simulator/world.ts'
import { MINUTE, T0 } from '../testing/street.ts'
import { type TestApp, testApp } from '../testing/testApp.ts'
import { recordBreaches } from '../timers/breachTimers.ts'
import { fillDemo } from './fillDemo.ts'
import { simulatorPort } from './simulatorPort.ts'

const FOLDER = fileURLToPath(new URL('../../data/demo', import.meta.url))
const MIDNIGHT = startOfLocalDay(T0, 'Asia/Shanghai')

function history(street: TestApp, metrics = createMetrics(() => 0)) {
  const { app } = street
  const port = simulatorPort(app, incidentCommands(app), positionService(app, metrics)).backfill
  return backfill(demoWorld(), 'seed', port, {
    from: MIDNIGHT,
    to: T0,
    denseMs: 5 * MINUTE,
    sparseEveryMs: 10 * MINUTE,
  })
}

test('the demo’s morning goes in by the commands of everyone, is whole, and told twice is told once', async () => {
  const street = await testApp(store => fillDemo(store, FOLDER))
  const metrics = createMetrics(() => 0)
  const told = await history(street, metrics)
  expect(told.facts).toBeGreaterThan(100)
  expect(street.complaints).toEqual([])
  const { store } = street.app
  expect(await store.verify()).toEqual([])

  await recordBreaches(street.app, T0)
  const policies = await store.reference.policies()
  const snapshot = await store.snapshot()
  const records = await snapshot.incidents({}).finally(() => snapshot.close())
  for (const { incident } of records)
    expect(breachFacts(incident, policyOf(policies, incident.policy), T0), incident.number).toEqual([])
  expect(new Set(records.map(({ incident }) => incident.number)).size).toBe(records.length)

  const counted = metrics.text(0).match(/gridwatch_fixes_total.*/g)
  expect(counted).toEqual([`gridwatch_fixes_total{outcome="accepted"} ${told.fixes}`])

  const head = await store.head()
  await fillDemo(store, FOLDER)
  await history(await street.another())
  expect(await store.head()).toBe(head)
})

test('filling the demo twice changes nothing', async () => {
  const { app } = await testApp(store => fillDemo(store, FOLDER))
  const { reference } = app.store
  const all = () => Promise.all([reference.areas(), reference.workers(), reference.policies(), reference.settings()])
  const before = await all()
  await fillDemo(app.store, FOLDER)
  expect(await all()).toEqual(before)
  expect(before[3]).toMatchObject({ demo: true })
})
