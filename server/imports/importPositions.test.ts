import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createMetrics } from '../metrics.ts'
import { positionService } from '../positions/positionService.ts'
import { HOUR, MINUTE, T0, workerViewer } from '../testing/street.ts'
import { type TestApp, testApp } from '../testing/testApp.ts'
import { importPositions } from './importPositions.ts'
import { positionsMapping } from './mapping.ts'

const mapping = positionsMapping.parse({
  kind: 'positions',
  name: 'track',
  timezone: 'Asia/Shanghai',
  datum: 'wgs84',
  worker: { column: 'w' },
  at: 't',
  place: { lng: 'x', lat: 'y' },
  onDuty: { spans: [{ worker: 'w1', from: '2026-03-02T09:00:00+08:00', to: '2026-03-02T11:00:00+08:00' }] },
})

let street: TestApp
beforeEach(async () => {
  street = await testApp()
})

const duty = (onDuty: boolean, at: number) =>
  positionService(
    street.app,
    createMetrics(() => 0),
  ).setDuty(workerViewer('w1'), 'w1', onDuty, { commandId: street.app.random.uuid(), at })

function fileOf(...times: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-positions-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'track.csv')
  writeFileSync(file, ['w,t,x,y', ...times.map(time => `w1,2026-03-02 ${time},121.405,31.21`)].join('\n'))
  return file
}

/** In hours of the day. */
async function dutySpans() {
  const snapshot = await street.app.store.snapshot()
  const spans = await snapshot.dutySpans({ from: 0, to: Number.MAX_SAFE_INTEGER }).finally(() => snapshot.close())
  return spans.map(({ from, to }) => [10 + (from - T0) / HOUR, to === null ? null : 10 + (to - T0) / HOUR])
}

test('duty that is imported beside the known takes none of it away', async () => {
  await duty(true, T0)
  street.clock.now = T0 + 2 * HOUR
  await duty(false, T0 + 2 * HOUR)
  const file = fileOf('08:59:59', '09:00:00', '09:59:59', '10:00:00', '11:00:00', '11:59:59', '12:00:00')
  const report = await importPositions(street.app, file, mapping)
  expect(await dutySpans()).toEqual([[9, 12]])
  expect(report.refused.map(({ line, reason }) => `${line} ${reason.split(':')[0]}`)).toEqual([
    '2 offDuty',
    '8 offDuty',
  ])
  expect(report.taken).toBe(5)
  const head = await street.app.store.head()
  expect(await importPositions(street.app, file, mapping)).toMatchObject({ taken: 0, replayed: 5 })
  expect(await street.app.store.head()).toBe(head)
})

test('an end of duty without a start, from long ago, does not cut what is imported', async () => {
  const half = {
    eventId: street.app.random.uuid(),
    type: 'dutyEnded',
    schemaVersion: 1,
    data: {},
    actor: null,
    at: T0 - 30 * MINUTE,
  }
  const streams = [{ stream: 'worker:w1', expected: 'none', events: [half] }] as const
  await street.app.store.append({ command: null, recordedAt: T0, streams, personal: [] })
  street.clock.now = T0 + 2 * HOUR
  const report = await importPositions(street.app, fileOf('09:00:00', '09:45:00', '10:59:59'), mapping)
  expect(report).toMatchObject({ taken: 3, refused: [] })
  expect(await dutySpans()).toEqual([[9, 11]])
})

test('a duty whose end is told late loses the fixes after it, and they come back when it is told again', async () => {
  street.clock.now = T0 + 2 * HOUR
  const file = fileOf('09:00:00', '09:45:00', '10:30:00')
  await importPositions(street.app, file, mapping)
  await duty(false, T0 - 30 * MINUTE)
  expect(await dutySpans()).toEqual([[9, 9.5]])
  const { app } = street
  const snapshot = await app.store.snapshot()
  const left = await snapshot.positions({ from: 0, to: Number.MAX_SAFE_INTEGER }).finally(() => snapshot.close())
  expect(left.map(({ at }) => at)).toEqual([T0 - HOUR])
  expect(await importPositions(app, file, mapping)).toMatchObject({ taken: 2, replayed: 1 })
  expect(await dutySpans()).toEqual([[9, 11]])
  expect(await app.store.verify()).toEqual([])
})
