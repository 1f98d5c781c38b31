import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fromWgs84 } from '#domain/geo/datum.ts'
import { storeHeat } from '../heat/storeHeat.ts'
import { importIncidents } from '../imports/importIncidents.ts'
import { incidentsMapping } from '../imports/mapping.ts'
import { EAST, IN_WEST_1, STREET, STREET_AREAS, T0, viewer, WEST, WEST_1 } from '../testing/street.ts'
import { exportRequestOf } from './exportRequest.ts'
import { gather } from './gather.ts'
import { makeExport } from './makeExport.ts'
import { type ExportedStreet, exportedStreet, WINDOW } from './testExports.ts'

const filter = `from=${encodeURIComponent(WINDOW[1]!)}&to=${encodeURIComponent(WINDOW[3]!)}`
const now = (street: ExportedStreet) => ({ head: null, at: street.clock.now })

async function request(street: ExportedStreet, asked: object, more = '') {
  const body = { what: 'heat', format: 'geotiff', filter: filter + more, ...asked }
  const made = exportRequestOf(body, await street.app.reference(), null)
  if (typeof made === 'string') throw new Error(made)
  return made
}

test('what is counted by the screens’ port gives the same bytes as what is read, then and from the sidecar', async () => {
  const street = await exportedStreet()
  const leader = viewer('leader', [STREET])
  const asked = await request(street, {})
  const many = { heat: storeHeat(street.app), mostRead: 5 }
  const read = await makeExport(street.app, leader, asked, now(street))
  const counted = await makeExport(street.app, leader, asked, now(street), { countMany: many })
  expect(counted.sidecar.datum.cameIn).toBeNull()
  expect(read.sidecar.datum.cameIn).toEqual({ wgs84: 19 })
  expect(counted.sidecar.data.head).toBe(read.sidecar.data.head)
  expect(Buffer.from(counted.files[0]!.bytes).equals(read.files[0]!.bytes)).toBe(true)
})

test('of an area elsewhere not even its boundary is had, of one above only the own part', async () => {
  const street = await exportedStreet()
  const west = viewer('leader', [WEST])
  await expect(gather(street.app, west, await request(street, {}, `&area=${EAST}`), now(street))).rejects.toThrow(
    `there is no area ${EAST}`,
  )
  const above = await gather(street.app, west, await request(street, {}, `&area=${STREET}`), now(street))
  expect([above.n, above.areas[0]?.code, above.bounds[2]]).toEqual([18, WEST, 121.42])
  expect(JSON.stringify(above)).not.toContain('东苑')
})

test('where nothing has a boundary the map holds every place and nothing is cut', async () => {
  const street = await exportedStreet()
  await street.app.store.reference.putAreas(STREET_AREAS.map(area => ({ ...area, geometry: null })))
  const material = await gather(street.app, null, await request(street, {}), now(street))
  expect([material.n, material.outlines]).toEqual([19, null])
  expect(material.bounds[0]).toBeLessThan(IN_WEST_1.lng - 0.004)
  const { files, sidecar } = await makeExport(street.app, null, await request(street, { format: 'png' }), now(street))
  expect([files.length, sidecar.n.used]).toEqual([3, 19])
})

test('a place that came in as GCJ-02 is WGS 84 in the file, which says how many were converted', async () => {
  const street = await exportedStreet()
  const rows = street.file('rows.csv')
  const { lng, lat } = fromWgs84(IN_WEST_1, 'gcj02')
  writeFileSync(rows, `id,at,lng,lat\nA1,${new Date(T0).toISOString()},${lng},${lat}\n`)
  const mapping = incidentsMapping.parse({
    kind: 'incidents',
    name: 'hotline',
    datum: 'gcj02',
    group: { by: 'id' },
    number: { column: 'id' },
    source: { value: 'hotline' },
    category: { from: { value: 'fire' } },
    place: { lng: 'lng', lat: 'lat' },
    milestones: { reported: { column: 'at' } },
  })
  expect(await importIncidents(street.app, rows, mapping)).toMatchObject({ taken: 1 })
  const asked = await request(street, { what: 'incidents', format: 'csv', headings: 'codes' }, `&area=${WEST_1}`)
  const { sidecar, files } = await makeExport(street.app, null, asked, now(street))
  expect(sidecar.datum.cameIn).toEqual({ gcj02: 1, wgs84: 12 })
  const line = Buffer.from(files[0]!.bytes)
    .toString()
    .split('\r\n')
    .find(text => text.includes(',gcj02'))!
  const [writtenLng, writtenLat] = line.split(',').slice(10, 12).map(Number)
  expect(Math.abs(writtenLng! - IN_WEST_1.lng)).toBeLessThan(1e-6)
  expect(Math.abs(writtenLat! - IN_WEST_1.lat)).toBeLessThan(1e-6)
})
