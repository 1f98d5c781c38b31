import { readFileSync } from 'node:fs'
import { unzipSync } from 'fflate'
import { beforeEach, expect } from 'vitest'
import { IN_EAST_2, IN_WEST_1 } from '../../testing/street.ts'
import { rgbOf } from '../heatColours.ts'
import { type ExportedStreet, exportedStreet, WINDOW } from '../testExports.ts'
import { gdal, gdalTest } from '../testGdal.ts'

let street: ExportedStreet
beforeEach(async () => {
  street = await exportedStreet()
})

async function exported(name: string, format: string, ...more: string[]): Promise<string> {
  const out = street.file(name)
  const classes = ['--classes', '0.001,0.01,0.05,0.1,0.2']
  const done = await street.run('heat', ...WINDOW, '--format', format, '--out', out, ...classes, ...more)
  expect(done).toMatchObject({ code: 0, err: [] })
  return out
}

function coloursAt(file: string, { lng, lat }: { lng: number; lat: number }): number[] {
  const said = gdal('gdallocationinfo', '-valonly', '-wgs84', file, String(lng), String(lat))
  return said.trim().split('\n').map(Number)
}

gdalTest.each(['EPSG:3857', 'EPSG:4326', 'EPSG:4490', 'EPSG:4549'])(
  'in %s a pixel lies where it should, with furniture and without',
  async crs => {
    const bare = await exported('bare.png', 'png', '--crs', crs, '--no-furniture', '--width', '800')
    const info = JSON.parse(gdal('gdalinfo', '-json', bare))
    expect(info.coordinateSystem.wkt).toContain(`ID["EPSG",${crs.slice(5)}]]`)
    expect(info.size[0]).toBe(800)
    expect(coloursAt(bare, IN_WEST_1)).toEqual([...rgbOf('#6b4eab'), 255])
    expect(coloursAt(bare, IN_EAST_2)).toEqual([0, 0, 0, 0])
    const whole = await exported('whole.png', 'png', '--crs', crs)
    // Off the spot itself, over which a name may be written.
    const beside = { lng: IN_WEST_1.lng + 0.0004, lat: IN_WEST_1.lat + 0.0004 }
    expect(coloursAt(whole, beside).slice(0, 3)).toEqual([...rgbOf('#6b4eab')])
    expect(readFileSync(street.file('whole.pgw'), 'latin1').trim().split('\n')).toHaveLength(6)
  },
)

gdalTest('frames have one size and one scale, and say what each shows', async () => {
  const step = ['--window', 'PT1H', '--step', 'PT30M', '--width', '640']
  const parts = unzipSync(new Uint8Array(readFileSync(await exported('play.zip', 'frames', ...step))))
  const manifest = JSON.parse(Buffer.from(parts['manifest.json']!).toString())
  expect(manifest.frames).toMatchObject([
    { file: 'frame-0001.png', from: '2026-03-02T09:00:00+08:00', to: '2026-03-02T10:00:00+08:00', n: 0 },
    { file: 'frame-0002.png', from: '2026-03-02T09:30:00+08:00', n: 19 },
    { file: 'frame-0003.png', to: '2026-03-02T11:00:00+08:00', n: 19 },
  ])
  const sizeOf = (name: string) => Buffer.from(parts[name]!).subarray(16, 24).toString('hex')
  const names = ['frame-0001.png', 'frame-0002.png', 'frame-0003.png']
  expect(new Set(names.map(sizeOf)).size).toBe(1)
  const pixels = names.map(name => Buffer.from(parts[name]!).length)
  expect(pixels[1]).toBeGreaterThan(pixels[0]!)
})
