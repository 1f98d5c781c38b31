import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { fillStreet } from '../testing/street.ts'
import { testApp } from '../testing/testApp.ts'
import { importIncidents } from './importIncidents.ts'
import { incidentsMapping } from './mapping.ts'

const mapping = incidentsMapping.parse({
  kind: 'incidents',
  name: 'nowhere',
  timezone: 'Asia/Shanghai',
  datum: 'gcj02',
  group: { by: 'id' },
  number: { column: 'id' },
  source: { value: 'patrol' },
  category: { from: { value: 'rubbish' } },
  place: { lng: 'x', lat: 'y' },
  milestones: { reported: { column: 't' }, resolved: { column: 't' } },
})

function fileOf(...rows: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-nowhere-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'rows.csv')
  writeFileSync(file, `id,t,x,y\n${rows.join('\n')}\n`)
  return file
}
const at = '2026-03-01T10:00:00+08:00'
const inside = `A1,${at},121.4300,31.2080`

test('incidents that lie in no area are counted, the first is named, and the datum is asked for', async () => {
  const { app } = await testApp()
  const file = fileOf(inside, `A2,${at},0,0`, `A3,${at},131.21,31.21`, `A4,${at},131.22,31.22`)
  const report = await importIncidents(app, file, mapping)
  expect(report.inNoArea).toMatchObject({ incidents: 3, withoutPlace: 1, first: { number: 'A3', line: 4 } })
  expect(report.told.at(-1)).toMatch(
    /^3 of the 4 incidents taken lie in no area, so no screen shows them\. The first: A3 at 131\.\d{6}, 31\.\d{6}; 1 without any place\. Is their datum really gcj02/,
  )
})

test('where all lie in areas, or none has a place, nobody asks for a datum', async () => {
  const { app } = await testApp()
  const one = await importIncidents(app, fileOf(inside), mapping)
  expect(one.inNoArea).toEqual({ incidents: 0, withoutPlace: 0, first: null })
  expect(one.told.join()).not.toContain('no area')
  const other = await importIncidents(app, fileOf(`B1,${at},0,0`), mapping)
  expect(other.told.at(-1)).toBe(
    '1 of the 1 incidents taken lies in no area, so no screen shows it: it has no place. The first: B1.',
  )
})

test('a store without boundaries asks for areas, not for the datum', async () => {
  const { app } = await testApp(async store => {
    await fillStreet({
      ...store,
      reference: { ...store.reference, putAreas: async () => {} },
    })
  })
  const report = await importIncidents(app, fileOf(inside), mapping)
  expect(report.told.at(-1)).toContain('the store has no area with a boundary; import areas first')
})
