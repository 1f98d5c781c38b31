/** Workers on duty all over the grids of the demo street, each with a phone and its token. */
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { interiorPoint } from '#domain/geo/interiorPoint.ts'
import { tokens as createTokens } from '../../server/access/tokens.ts'
import { openApp } from '../../server/openApp.ts'
import type { AreaRow, DeviceRow, WorkerRow } from '../../server/store/eventStore.ts'
import type { Folder } from '../harness/folder.ts'

export type Phone = { readonly device: string; readonly token: string; readonly lng: number; readonly lat: number }
type Home = { readonly area: string; readonly place: { readonly lng: number; readonly lat: number } }

const CHUNK = 1000
const HOUR_MS = 3_600_000

export async function putPeople(folder: Folder, count: number): Promise<Phone[]> {
  const secret = randomBytes(32).toString('hex')
  writeFileSync(join(folder.path, 'var', 'secret'), secret)
  const app = await openApp({ GRIDWATCH_DATABASE_URL: folder.databaseUrl })
  try {
    const { store } = app
    const homes = (await store.reference.areas()).flatMap(homeIn)
    const begin = Date.now() - HOUR_MS
    const workers = Array.from({ length: count }, (_, no): WorkerRow => {
      const area = homes[no % homes.length]?.area ?? null
      return { id: `B${no}`, name: `甲${no}`, role: 'fullTime', area, leads: [], telephone: null }
    })
    await store.reference.putWorkers(workers)
    const devices = workers.map(
      ({ id }): DeviceRow => ({ key: `phone-${id}`, worker: id, validFrom: begin, validTo: null }),
    )
    await store.reference.putDevices(devices)
    const tokens = createTokens(app, secret)
    const phones: Phone[] = []
    for (let from = 0; from < count; from += CHUNK) {
      const some = devices.slice(from, from + CHUNK)
      await Promise.all(some.map(({ worker }) => store.append(dutyStarted(worker, begin))))
      const issued = await Promise.all(
        some.map(({ key, worker }) =>
          tokens.issue({ role: 'device', areas: [], worker, device: key, name: null, expiresAt: null }),
        ),
      )
      for (const [i, token] of issued.entries()) {
        const place = homes[(from + i) % homes.length]?.place ?? { lng: 0, lat: 0 }
        phones.push({ device: some[i]?.key ?? '', token, ...place })
      }
    }
    return phones
  } finally {
    await app.store.close()
  }
}

function homeIn({ code, level, geometry }: AreaRow): Home[] {
  if (level !== 'grid' || geometry === null) return []
  const place = interiorPoint(geometry as Parameters<typeof interiorPoint>[0])
  return place === null ? [] : [{ area: code, place }]
}

function dutyStarted(worker: string, at: number) {
  const event = { eventId: `${worker}/duty`, type: 'dutyStarted', schemaVersion: 1, data: {}, actor: null, at }
  const streams = [{ stream: `worker:${worker}` as const, expected: 'any' as const, events: [event] }]
  return { command: null, recordedAt: at, streams, personal: [] }
}
