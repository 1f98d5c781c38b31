import { readFileSync } from 'node:fs'
import { unzipSync } from 'fflate'
import { beforeEach, expect, test } from 'vitest'
import { EAST_1, IN_EAST_1, IN_WEST_1, STREET, viewer, WEST, WEST_1, WEST_2 } from '../testing/street.ts'
import { askedExport, exportRequestOf } from './exportRequest.ts'
import { makeExport } from './makeExport.ts'
import { type ExportedStreet, exportedStreet, WINDOW } from './testExports.ts'

let street: ExportedStreet
beforeEach(async () => {
  street = await exportedStreet()
})
const filter = `from=${encodeURIComponent(WINDOW[1]!)}&to=${encodeURIComponent(WINDOW[3]!)}`

async function taken(role: 'analyst' | 'leader' | 'admin' | 'dispatcher', asked: object, more = '') {
  const asker = viewer(role, [STREET])
  const whole = askedExport.parse({ filter: `${filter}${more}`, ...asked })
  const request = exportRequestOf(whole, await street.app.reference(), asker)
  if (typeof request === 'string') throw new Error(request)
  return makeExport(street.app, asker, request, { head: null, at: street.clock.now })
}
type Made = Awaited<ReturnType<typeof taken>>
const rowsOf = ({ files }: Made): { [column: string]: unknown }[] =>
  JSON.parse(Buffer.from(files[0]!.bytes).toString()).features.map((f: { properties: object }) => f.properties)
const nOf = (made: Made) => Object.fromEntries(rowsOf(made).map(row => [row['code'], row['n']]))

/** 20 in all: 12 in 西苑一格, 6 in 二格, 1 in 西苑 without a grid, 1 in 东苑一格. */
test('a leader gets every count; an analyst none below five, nor what would give it by subtraction', async () => {
  const areas = { what: 'areas', format: 'geojson' }
  expect(nOf(await taken('leader', areas))).toMatchObject({ [STREET]: 20, [WEST_1]: 12, [WEST_2]: 6, [EAST_1]: 1 })
  const seen = nOf(await taken('analyst', areas))
  expect(seen).toMatchObject({ [STREET]: 20, [EAST_1]: null, [WEST]: null })
  expect(await taken('analyst', areas)).toMatchObject({ sidecar: { suppression: { k: 5 } } })
  expect(await taken('admin', areas)).toMatchObject({ sidecar: { suppression: null } })
})

test('asking for one part after the other tells no more than asking for all', async () => {
  const seen = nOf(await taken('analyst', { what: 'areas', format: 'geojson' }))
  for (const area of Object.keys(seen)) {
    const part = await taken('analyst', { what: 'areas', format: 'geojson' }, `&area=${area}`)
    expect(nOf(part)[area]).toBe(seen[area])
    const heat = await taken('analyst', { what: 'heat', format: 'csv' }, `&area=${area}`)
    if (seen[area] === null) expect([part.sidecar.n.used, heat.sidecar.n.used]).toEqual([null, null])
  }
})

test.each(['geojson', 'csv', 'flatgeobuf', 'gpkg', 'xlsx'] as const)(
  'as %s a row of theirs has no place, and no area whose count is held back',
  async format => {
    const asked = { what: 'incidents', format, headings: 'codes' }
    const text = (made: Made) => Buffer.from(made.files[0]!.bytes).toString('latin1')
    const full = await taken('leader', asked)
    const less = await taken('analyst', asked)
    expect(less.sidecar.n.used).toBe(20)
    if (format === 'xlsx') return expect(less.files[0]!.bytes.length).toBeLessThan(full.files[0]!.bytes.length)
    expect(text(full)).toMatch(EAST_1)
    expect(text(less)).not.toMatch(EAST_1)
    if (format === 'csv' || format === 'geojson') expect(text(less)).not.toContain(String(IN_WEST_1.lng))
  },
)

test('a lone incident makes no heat for them, on a raster or in cells', async () => {
  const near = (row: { [column: string]: unknown }) => Math.abs(Number(row['lng']) - IN_EAST_1.lng) < 0.003
  const asked = { what: 'heat', format: 'geojson', bandwidthM: 60 }
  const [all, less] = [rowsOf(await taken('leader', asked)), rowsOf(await taken('analyst', asked))]
  expect(all.filter(near).length).toBeGreaterThan(10)
  expect(less.filter(near)).toEqual([])
  expect(less.length).toBeGreaterThan(10)
  expect(new Set(less.map(row => row['n']))).toEqual(new Set([null]))
  // The one without a place could be told from the street's 20, so neither is said.
  expect((await taken('analyst', asked)).sidecar).toMatchObject({
    n: { used: null, leftOut: { unlocated: null } },
    mass: null,
  })
})

test('k is a setting of the place, and asking for less does not help', async () => {
  await street.app.store.reference.putSetting('suppressionK', 15)
  const { sidecar } = await taken('analyst', { what: 'areas', format: 'geojson', k: 2 })
  expect(sidecar.suppression).toMatchObject({ k: 15 })
})

test('at the shell small counts are held back when that is asked for', async () => {
  const out = street.file('areas.geojson')
  expect(await street.run('areas', ...WINDOW, '--format', 'geojson', '--out', out, '--k', '5')).toMatchObject({
    code: 0,
  })
  expect(readFileSync(out, 'utf8')).toContain('"n":null')
})

test('frames that overlap would give small counts by subtraction', async () => {
  const frames = { what: 'heat', format: 'frames', window: 'PT30M', widthPx: 256 }
  await expect(taken('analyst', { ...frames, step: 'PT1M' })).rejects.toThrow(/by subtraction/)
  await expect(taken('analyst', { ...frames, cumulative: true })).rejects.toThrow(/by subtraction/)
  expect((await taken('analyst', frames)).sidecar).toMatchObject({ frames: 4 })
})

test('frames tell no count from which one that is held back could be had', async () => {
  const told = async (role: 'analyst' | 'leader', window: string, more = '') => {
    const frames = { what: 'heat', format: 'frames', window, widthPx: 256, furniture: false }
    const { files, sidecar } = await taken(role, frames, more)
    const manifest = JSON.parse(Buffer.from(unzipSync(files[0]!.bytes)['manifest.json']!).toString())
    return { used: sidecar.n.used, frames: manifest.frames.map(({ n }: { n: number | null }) => n) }
  }
  // All of the window in one frame, of a part whose count would tell its sibling's, and of the whole that would tell what has no place.
  expect(await told('leader', 'PT2H', `&area=${WEST}`)).toEqual({ used: 18, frames: [18] })
  expect(await told('analyst', 'PT2H', `&area=${WEST}`)).toEqual({ used: null, frames: [null] })
  expect(await told('analyst', 'PT2H')).toEqual({ used: null, frames: [null] })
})
