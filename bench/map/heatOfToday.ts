/** Incidents of the last hours around a few places of the street, all of them closed: heat, and nothing on the queue. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { importIncidents } from '../../server/imports/importIncidents.ts'
import { openApp } from '../../server/openApp.ts'
import { seededRandom } from '../../server/simulator/random.ts'
import { type Folder, IN_GRID } from '../harness/folder.ts'
import { MAPPING } from '../import/inventedFile.ts'

const INCIDENTS = 600
const SPOTS = 12
const LONGEST_AGO_MS = 3 * 3_600_000
const STEP_MS = 30_000

export async function putHeatOfToday(folder: Folder): Promise<void> {
  const random = seededRandom('heat of today', '')
  const around = (place: { lng: number; lat: number }, degrees: number) => ({
    lng: place.lng + random.between(-degrees, degrees),
    lat: place.lat + random.between(-degrees, degrees),
  })
  const spots = Array.from({ length: SPOTS }, () => around(IN_GRID, 0.012))
  const now = Date.now()
  const rows = Array.from({ length: INCIDENTS }, (_, no) => {
    const { lng, lat } = around(spots[no % SPOTS] ?? IN_GRID, 0.002)
    const begun = now - random.between(600_000, LONGEST_AGO_MS)
    const times = [0, 1, 2, 3, 4].map(step => localTime(begun + step * STEP_MS))
    return [
      `H-${no}`,
      'hotline',
      'streetTrading',
      `占道经营 ${no}`,
      lng.toFixed(6),
      lat.toFixed(6),
      'W001',
      ...times,
    ].join()
  })
  const file = join(folder.path, 'heat.csv')
  const head = 'number,source,category,title,lng,lat,worker,reported,dispatched,arrived,resolved,closed'
  await writeFile(file, `${[head, ...rows].join('\n')}\n`)
  const app = await openApp({ GRIDWATCH_DATABASE_URL: folder.databaseUrl })
  try {
    const { refused } = await importIncidents(app, file, MAPPING)
    if (refused.length > 0) throw new Error(`refused: ${JSON.stringify(refused[0])}`)
  } finally {
    await app.store.close()
  }
}

function localTime(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}
