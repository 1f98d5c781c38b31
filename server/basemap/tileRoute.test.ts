import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import type { BasemapState } from '#domain/basemap/basemapState.ts'
import { tokens } from '../access/tokens.ts'
import type { Role } from '../access/viewer.ts'
import { inventedArchive } from '../testing/inventedArchive.ts'
import { inventedTile } from '../testing/inventedTile.ts'
import { STREET } from '../testing/street.ts'
import { testApp } from '../testing/testApp.ts'
import { keepArchive } from './archiveKeeper.ts'
import { tileRoute } from './tileRoute.ts'

const TILE = inventedTile([
  {
    name: 'roads',
    features: [
      {
        type: 'line',
        points: [
          [0, 0],
          [9, 9],
        ],
        properties: { name: '锦汀路' },
      },
    ],
  },
])
const GOOD = inventedArchive({
  tiles: [{ z: 2, x: 1, y: 3, bytes: TILE }],
  metadata: { attribution: '<a href="https://x.example">&copy; 测绘</a>', vector_layers: [{ id: 'roads' }] },
  bounds: [121, 30, 122, 31],
})

async function served(archive: Buffer | null, role: Role = 'wall') {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-basemap-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'city.pmtiles')
  if (archive !== null) writeFileSync(file, archive)
  const { app, complaints } = await testApp()
  const access = tokens(app, 'a secret of at least 32 characters')
  const token = await access.issue({ role, areas: [STREET], worker: null, device: null, name: null, expiresAt: null })
  const keeper = keepArchive(file, app.log)
  onTestFinished(keeper.close)
  const route = tileRoute(access, keeper, null)
  const get = (path: string, authorization = `Bearer ${token}`) => {
    const url = new URL(`http://x${path}`)
    return route(new Request(url, { headers: { authorization } }), url, '')
  }
  const state = async () => (await (await get('/basemap/state.json'))!.json()) as BasemapState
  return { file, get, state, complaints }
}

test('the state says what the archive holds, its attribution as plain text', async () => {
  const { state } = await served(GOOD)
  expect(await state()).toEqual({
    archive: {
      status: 'ready',
      version: expect.stringMatching(/^[0-9a-f]{16}$/),
      kind: 'vector',
      minZoom: 2,
      maxZoom: 2,
      bounds: [121, 30, 122, 31],
      attribution: '© 测绘',
      layers: ['roads'],
    },
    tianditu: null,
  })
})

test('a tile leaves as it lies in the archive, compressed and kept for as long as its version stands', async () => {
  const { get, state } = await served(GOOD)
  const { archive } = await state()
  const version = archive?.status === 'ready' ? archive.version : ''
  const answer = (await get(`/basemap/tiles/2/1/3?v=${version}`))!
  expect(answer.headers.get('content-encoding')).toBe('gzip')
  expect(answer.headers.get('cache-control')).toContain('immutable')
  expect(new Uint8Array(gunzipSync(await answer.arrayBuffer()))).toEqual(TILE)
  expect((await get('/basemap/tiles/2/1/3'))?.headers.get('cache-control')).toBe('no-store')
  expect((await get('/basemap/tiles/2/0/0'))?.status).toBe(204)
})

test('a picture leaves with its type and as it is', async () => {
  const picture = Uint8Array.from([0x89, 0x50, 0x4e, 0x47])
  const { get } = await served(
    inventedArchive({ tiles: [{ z: 0, x: 0, y: 0, bytes: picture }], tileType: 2, isGzipped: false }),
  )
  const answer = (await get('/basemap/tiles/0/0/0'))!
  expect(answer.headers.get('content-type')).toBe('image/png')
  expect(answer.headers.get('content-encoding')).toBeNull()
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(picture)
})

test.each<[Role, number]>([
  ['leader', 200],
  ['reporter', 403],
  ['device', 403],
])('the base map for a %s: %i', async (role, status) => {
  const { get } = await served(GOOD, role)
  expect((await get('/basemap/tiles/2/1/3'))?.status).toBe(status)
  expect((await get('/basemap/state.json'))?.status).toBe(status)
  expect((await get('/basemap/tiles/2/1/3', 'Bearer x'))?.status).toBe(401)
})

test.each(['/basemap/tiles/2/4/0', '/basemap/tiles/2/0/4', '/basemap/tiles/25/0/0'])(
  '%s is refused: there is no such tile on earth',
  async path => {
    expect((await (await served(GOOD)).get(path))?.status).toBe(400)
  },
)

const changed = (at: number, value: number) => {
  const bytes = Buffer.from(GOOD)
  bytes[at] = value
  return bytes
}
const afterMetadata = GOOD.length - 1

test.each<[string, Buffer | null, string]>([
  ['no file', null, 'missing'],
  ['an empty file', Buffer.alloc(0), 'notAnArchive'],
  ['a wrong magic', changed(0, 0x51), 'notAnArchive'],
  ['another version', changed(7, 4), 'notAnArchive'],
  ['half a header', GOOD.subarray(0, 60), 'truncated'],
  ['a lost end', GOOD.subarray(0, afterMetadata), 'truncated'],
  ['a root directory of noise', changed(127, 0), 'damaged'],
  ['a first tile of noise', Buffer.concat([GOOD.subarray(0, -tileBytes()), Buffer.alloc(tileBytes())]), 'damaged'],
  ['tiles of another kind', changed(99, 0), 'unknownTiles'],
])('%s: the state says so, tiles are refused, the log names the file', async (_, bytes, fault) => {
  const { get, state, complaints, file } = await served(bytes)
  expect((await state()).archive).toEqual({ status: 'unreadable', fault })
  expect((await get('/basemap/tiles/2/1/3'))?.status).toBe(503)
  expect(complaints).toEqual([expect.objectContaining({ file, fault })])
})

function tileBytes(): number {
  return Number(GOOD.readBigUInt64LE(8 + 7 * 8))
}

test('an archive that is carried in later, or replaced, is served from then on', async () => {
  const { file, get, state } = await served(null)
  expect((await state()).archive).toEqual({ status: 'unreadable', fault: 'missing' })
  writeFileSync(file, GOOD)
  const first = (await state()).archive
  expect(first).toMatchObject({ status: 'ready', maxZoom: 2 })

  writeFileSync(`${file}.new`, inventedArchive({ tiles: [{ z: 3, x: 0, y: 0, bytes: TILE }] }))
  renameSync(`${file}.new`, file)
  expect((await get('/basemap/tiles/3/0/0'))?.status).toBe(200)
  const second = (await state()).archive
  expect(second).toMatchObject({ status: 'ready', maxZoom: 3 })
  expect(second).not.toMatchObject({ version: (first as { version: string }).version })
})
