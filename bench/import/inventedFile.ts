/** Invented incidents as a city's export would have them: one row each, with its times, its worker and a title. */
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { IncidentsMapping } from '../../server/imports/mapping.ts'
import { IN_GRID } from '../harness/folder.ts'

export const MAPPING: IncidentsMapping = {
  kind: 'incidents',
  name: 'bench',
  datum: 'wgs84',
  timezone: 'Asia/Shanghai',
  dateFormats: ['yyyy-MM-dd HH:mm:ss'],
  group: { by: 'number' },
  number: { column: 'number' },
  source: { column: 'source' },
  category: { from: { column: 'category' } },
  title: { column: 'title' },
  place: { lng: 'lng', lat: 'lat' },
  milestones: {
    reported: { column: 'reported' },
    dispatched: { column: 'dispatched' },
    arrived: { column: 'arrived' },
    resolved: { column: 'resolved' },
    closed: { column: 'closed' },
  },
  worker: { from: { column: 'worker' } },
}

const COLUMNS = ['number', 'source', 'category', 'title', 'lng', 'lat', 'worker']
const STEPS = ['reported', 'dispatched', 'arrived', 'resolved', 'closed']
const BEGIN = Date.UTC(2024, 0, 1)
const EVERY_MS = 300_000

/** `first`: the number of the first, so that files of one store do not meet. */
export async function writeInvented(file: string, incidents: number, first = 0): Promise<void> {
  const out = createWriteStream(file)
  out.write(`${[...COLUMNS, ...STEPS].join(',')}\n`)
  for (let no = first; no < first + incidents; no++) {
    // Spread without a generator of chance: every file is the same, and neighbours differ.
    const part = (modulus: number) => (no * 2_654_435_761) % modulus
    const [lng, lat] = [IN_GRID.lng + (part(1009) - 504) / 2e5, IN_GRID.lat + (part(997) - 498) / 2e5]
    const category = ['cityAppearance', 'streetTrading'][no % 2]
    const worker = `W00${1 + (no % 9)}`
    const times = STEPS.map((_, step) => localTime(BEGIN + no * EVERY_MS + step * step * (40_000 + part(70_000))))
    const cells = [`B-${no}`, 'hotline', category, `沿街商铺门前堆放杂物 ${no}`, lng.toFixed(6), lat.toFixed(6), worker]
    if (!out.write(`${[...cells, ...times].join(',')}\n`))
      await new Promise(resolve => out.once('drain', () => resolve(undefined)))
  }
  out.end()
  await finished(out)
}

function localTime(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}
