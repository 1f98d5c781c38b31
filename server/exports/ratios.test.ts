import { readFileSync } from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { areaM2 } from '#domain/geo/areaM2.ts'
import { densityAt } from '#domain/heat/density.ts'
import { everyIncident } from '#domain/heat/heatFilter.ts'
import { homesOf } from '#domain/heat/households.ts'
import { breachedIn, decidedIn, quantityOf } from '#domain/heat/quantity.ts'
import { storeHeat } from '../heat/storeHeat.ts'
import {
  HOUR,
  IN_EAST_1,
  IN_WEST_1,
  IN_WEST_2,
  MINUTE,
  STREET,
  STREET_AREAS,
  T0,
  viewer,
  WEST_1,
} from '../testing/street.ts'
import { exportRequestOf } from './exportRequest.ts'
import { makeExport } from './makeExport.ts'
import { type ExportedStreet, exportedStreet, WINDOW } from './testExports.ts'
import { gdal, gdalTest } from './testGdal.ts'

const dispatcher = viewer('dispatcher')
const filter = everyIncident(T0 - HOUR, T0 + HOUR)
let street: ExportedStreet

/** In 西苑一格 12 were answered in time and 12 not, in 西苑二格 none of 6, in 东苑一格 not the only one. */
beforeEach(async () => {
  street = await exportedStreet()
  for (let i = 0; i < 12; i++) {
    const incident = await street.does(dispatcher, {
      verb: 'report',
      category: 'rubbish',
      place: IN_WEST_1,
      source: 'hotline',
    })
    await street.does(dispatcher, { verb: 'accept', incident, assignee: 'w1' })
  }
  street.clock.now += 10 * MINUTE
})

async function exported(name: string, ...more: string[]): Promise<string> {
  const out = street.file(name)
  const format = name.endsWith('.tif') ? 'geotiff' : name.split('.').at(-1)!
  const done = await street.run('heat', ...WINDOW, '--format', format, '--out', out, ...more)
  expect(done).toMatchObject({ code: 0, err: [] })
  return out
}
type Cell = { lng: number; lat: number; breached_share: number; per_1000_households_day: number; n: number | null }
const cellsOf = (file: string): Cell[] =>
  JSON.parse(readFileSync(file, 'utf8')).features.map(({ properties }: { properties: Cell }) => properties)
const near = (place: { lng: number; lat: number }) => (cell: Cell) =>
  Math.abs(cell.lng - place.lng) < 3e-4 && Math.abs(cell.lat - place.lat) < 3e-4

const SHARE = ['--unit', 'share', '--clock', 'respond', '--bandwidth', '60']

test('a share of breaches leaves as the screens read it, with how many it is of', async () => {
  const cells = cellsOf(await exported('share.geojson', ...SHARE))
  const heat = storeHeat(street.app)
  const answered = { ...filter, clock: 'respond' }
  const counted = (part: typeof filter) => heat.counts(viewer('leader', [STREET]), part, 60)
  const [{ counts }, { counts: breached }] = [await counted(decidedIn(answered)), await counted(breachedIn(answered))]
  const screen = quantityOf({ counts, breached }, { quantity: 'share', bandwidthM: 60, windowMs: 2 * HOUR, homes: [] })
  expect(cells.length).toBeGreaterThan(20)
  for (const cell of cells) expect(cell.breached_share).toBeCloseTo(densityAt(screen, cell)!, 6)
  expect(cells.find(near(IN_WEST_1))!.breached_share).toBeCloseTo(0.5, 6)
  expect(cells.find(near(IN_WEST_2))!.breached_share).toBeCloseTo(1, 6)
  expect(cells.find(near(IN_EAST_1))).toBeUndefined()
  expect(street.sidecar('share.geojson.json')).toMatchObject({
    n: { used: 31 },
    filter: { clock: 'respond', clockState: ['met', 'breached'] },
    heat: { unit: 'share', classes: [0.2, 0.4, 0.6, 0.8] },
    ratio: { above: 'breached', n: 19, least: 5 },
  })
})

test('so do incidents per 1,000 households and day, over the households of the areas that are counted', async () => {
  const cells = cellsOf(await exported('homes.geojson', '--unit', 'perThousand', '--bandwidth', '160', '--cell', '20'))
  const reference = await street.app.reference()
  const homes = homesOf(STREET_AREAS.flatMap(({ code }) => reference.areas.area(code, T0) ?? []))
  const { counts } = await storeHeat(street.app).counts(viewer('leader', [STREET]), filter, 160)
  const asked = { quantity: 'perThousand', bandwidthM: 160, windowMs: 2 * HOUR, homes } as const
  const screen = quantityOf({ counts, breached: null }, asked)
  expect(cells.length).toBeGreaterThan(1000)
  for (const cell of cells) expect(cell.per_1000_households_day).toBeCloseTo(densityAt(screen, cell)!, 2)
  // By hand: the peak of 24 in one place, over 400 households spread evenly over 西苑一格; its outer edge is so near that 1 % of them is missed.
  const perKm2 = 400 / (areaM2(homes.find(({ code }) => code === WEST_1)!.geometry!) / 1e6)
  const peak = (24 / (2 * Math.PI * 0.16 ** 2) / perKm2) * 1000 * 12
  const most = Math.max(...cells.map(cell => cell.per_1000_households_day))
  expect(Math.abs(most / peak - 1)).toBeLessThan(0.02)
  expect(street.sidecar('homes.geojson.json').ratio).toEqual({ below: 'households', n: 1600, least: 50 })
})

test.each(['geotiff', 'png', 'frames', 'gpkg'])('a share as %s comes again from its sidecar', async format => {
  const first = street.file(`first.${format}`)
  await street.run('heat', ...WINDOW, '--format', format, '--out', first, ...SHARE)
  street.clock.now += HOUR
  const again = street.file(`again.${format}`)
  expect(await street.run('--sidecar', `${first}.json`, '--out', again)).toMatchObject({ code: 0, err: [] })
  expect(readFileSync(again).equals(readFileSync(first))).toBe(true)
})

gdalTest('GDAL reads the share at a planted place, and nothing where too few are decided', async () => {
  const file = await exported('share.tif', ...SHARE)
  const at = ({ lng, lat }: { lng: number; lat: number }) =>
    Number(gdal('gdallocationinfo', '-valonly', '-wgs84', file, String(lng), String(lat)))
  expect(at(IN_WEST_1)).toBeCloseTo(0.5, 6)
  expect(at(IN_WEST_2)).toBeCloseTo(1, 6)
  expect(at(IN_EAST_1)).toBe(-9999)
  expect(JSON.parse(gdal('gdalinfo', '-json', file)).bands[0]).toMatchObject({ unit: 'share' })
})

test('who may not have small counts gets no share that few breached, or few others, make', async () => {
  const taken = async (role: 'analyst' | 'leader') => {
    const asker = viewer(role, [STREET])
    const asked = { what: 'heat', format: 'geojson', unit: 'share', bandwidthM: 60 }
    const narrowed = `from=${new Date(T0 - HOUR).toISOString()}&to=${new Date(T0 + HOUR).toISOString()}&clock=respond`
    const request = exportRequestOf({ ...asked, filter: narrowed }, await street.app.reference(), asker)
    if (typeof request === 'string') throw new Error(request)
    const { files, sidecar } = await makeExport(street.app, asker, request, { head: null, at: street.clock.now })
    const { features } = JSON.parse(Buffer.from(files[0]!.bytes).toString())
    return { cells: features.map(({ properties }: { properties: Cell }) => properties) as Cell[], sidecar }
  }
  const [leader, analyst] = [await taken('leader'), await taken('analyst')]
  expect(leader.cells.some(near(IN_WEST_2))).toBe(true)
  // In 西苑二格 all six are breached, so that nobody but breached ones would be told of.
  expect(analyst.cells.some(near(IN_WEST_2))).toBe(false)
  expect(analyst.cells.find(near(IN_WEST_1))?.breached_share).toBeCloseTo(0.5, 6)
  expect(new Set(analyst.cells.map(({ n }) => n))).toEqual(new Set([null]))
  expect(leader.sidecar).toMatchObject({ ratio: { n: 19 } })
  expect(analyst.sidecar).toMatchObject({ n: { used: null }, mass: null, ratio: { n: null } })
})

test.each([
  [['--unit', 'share', '--clock-state', 'running'], 'leave clockState out'],
  [['--unit', 'share', '--clock-state', 'met'], 'leave clockState out'],
  [['--unit', 'perKm2', '--format', 'png'], 'say where each begins'],
  [['--unit', 'perPerson'], 'unit: Invalid option'],
])('%j is refused with what to do', async (more, message) => {
  const { code, err } = await street.run(
    'heat',
    ...WINDOW,
    ...['--format', 'csv', '--out', street.file('x.csv')],
    ...more,
  )
  expect([code, err.join('\n')]).toEqual([2, expect.stringContaining(message)])
})

test('where no area tells its households, that is said instead of an empty map', async () => {
  await street.app.store.reference.putAreas(STREET_AREAS.map(area => ({ ...area, households: null })))
  const { code, err } = await street.run(
    'heat',
    ...WINDOW,
    ...['--format', 'csv', '--out', street.file('x.csv'), '--unit', 'perThousand'],
  )
  expect([code, err.join('\n')]).toEqual([2, expect.stringContaining('no area here tells its households')])
})
