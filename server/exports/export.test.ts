import { readFileSync } from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { IN_WEST_1, STREET, T0, viewer, WEST } from '../testing/street.ts'
import { type ExportedStreet, exportedStreet, WINDOW } from './testExports.ts'

let street: ExportedStreet
beforeEach(async () => {
  street = await exportedStreet()
})

test('areas leave as GeoJSON with names, counts and a sidecar that says what is in it and what is not', async () => {
  const out = street.file('areas.geojson')
  expect(await street.run('areas', ...WINDOW, '--format', 'geojson', '--out', out)).toMatchObject({ code: 0, err: [] })
  const { features } = JSON.parse(readFileSync(out, 'utf8'))
  expect(features).toHaveLength(7)
  expect(features[0].properties).toMatchObject({ code: STREET, name: '试街街道', n: 20, households: 400 })
  expect(features.find((feature: { properties: { code: string } }) => feature.properties.code === WEST)).toMatchObject({
    properties: { name: '西苑', n: 19, per_1000_households: 47.5 },
  })
  const sidecar = street.sidecar('areas.geojson.json')
  expect(sidecar).toMatchObject({
    product: { name: 'Gridwatch' },
    data: { head: 22 },
    n: { used: 20, leftOut: { unlocated: 0, outside: 0, voided: 1, merged: 0 } },
    crs: { code: 'EPSG:4326', datum: 'WGS 84' },
    author: { by: 'shell', role: null },
    window: { from: '2026-03-02T09:00:00+08:00', timezone: 'Asia/Shanghai' },
  })
  expect(sidecar.files[0].sha256).toMatch(/^[0-9a-f]{64}$/)
})

test('from the sidecar the same bytes come again, whatever was recorded since', async () => {
  for (const [what, format] of [
    ['heat', 'geotiff'],
    ['heat', 'gpkg'],
    ['areas', 'geojson'],
    ['areas', 'xlsx'],
    ['incidents', 'flatgeobuf'],
    ['incidents', 'csv'],
  ] as const) {
    const first = street.file(`first.${format}`)
    await street.run(what, ...WINDOW, '--format', format, '--out', first)
    const dispatcher = viewer('dispatcher')
    street.clock.now += 1000
    await street.does(dispatcher, { verb: 'report', category: 'rubbish', place: IN_WEST_1, at: T0 })
    const again = street.file(`again.${format}`)
    expect(await street.run('--sidecar', `${first}.json`, '--out', again)).toMatchObject({ code: 0, err: [] })
    expect(readFileSync(again).equals(readFileSync(first))).toBe(true)
    const fresh = street.file(`fresh.${format}`)
    await street.run(what, ...WINDOW, '--format', format, '--out', fresh)
    expect(readFileSync(fresh).equals(readFileSync(first))).toBe(false)
  }
})

test('a name that has changed since makes other bytes, which is said', async () => {
  const first = street.file('first.geojson')
  await street.run('areas', ...WINDOW, '--format', 'geojson', '--out', first)
  const [area] = await street.app.store.reference.areas()
  await street.app.store.reference.putAreas([{ ...area!, name: '新街道' }])
  const { code, err } = await street.run('--sidecar', `${first}.json`, '--out', street.file('again.geojson'))
  expect([code, err.join()]).toEqual([1, expect.stringContaining('have changed since')])
})

test('an incident leaves with its place, its clocks and no word that somebody wrote', async () => {
  const out = street.file('incidents.geojson')
  await street.run('incidents', ...WINDOW, '--format', 'geojson', '--out', out)
  const text = readFileSync(out, 'utf8')
  const { features } = JSON.parse(text)
  expect(features).toHaveLength(20)
  expect(features[0]).toMatchObject({
    geometry: { type: 'Point', coordinates: [IN_WEST_1.lng, IN_WEST_1.lat] },
    properties: {
      category_name: '暴露垃圾',
      area_name: '西苑一格',
      datum_in: 'wgs84',
      first_at: '2026-03-02T10:00:00+08:00',
    },
  })
  expect(text).not.toMatch(/张三|误报/)
})

test.each([
  ['no subject', ['--format', 'geotiff']],
  ['a format that there is not', ['heat', '--format', 'shape']],
  ['a subject that the format does not hold', ['areas', '--format', 'geotiff']],
  ['a system that there is not', ['heat', '--format', 'geotiff', '--crs', 'EPSG:2437']],
  ['GeoJSON in metres', ['areas', '--format', 'geojson', '--crs', 'EPSG:3857']],
  ['an area that there is not', ['areas', '--format', 'geojson', '--area', '9']],
  ['a bandwidth finer than any', ['heat', '--format', 'geotiff', '--bandwidth', '1']],
  ['a bandwidth in words', ['heat', '--format', 'geotiff', '--bandwidth', 'wide']],
])('%s: one line says what is wrong, exit 2', async (_, args) => {
  const out = street.file('never.out')
  const { code, err } = await street.run(...args, ...WINDOW, '--out', out)
  expect({ code, lines: err.length }).toEqual({ code: 2, lines: 1 })
  expect(() => readFileSync(out)).toThrow(/ENOENT/)
})
