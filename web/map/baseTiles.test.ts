import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { ArchiveState, BasemapState } from '#domain/basemap/basemapState.ts'
import { type BaseTiles, basemapTrouble, followBaseTiles, shownTiles } from './baseTiles.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const READY: ArchiveState = {
  status: 'ready',
  version: 'a',
  kind: 'vector',
  minZoom: 0,
  maxZoom: 14,
  bounds: [121, 30, 122, 31],
  attribution: null,
  layers: ['roads'],
}
const NONE: BasemapState = { archive: null, tianditu: null }
const FAULT: BasemapState = { archive: { status: 'unreadable', fault: 'truncated' }, tianditu: null }

/** A server whose state and tiles are what the test says at the moment. */
function follow(state: BasemapState) {
  const server = { state, tile: () => new Response('tile') }
  const heard: BaseTiles[] = []
  const fetch = async (path: string) => {
    const answer = path.endsWith('state.json') ? Response.json(server.state) : server.tile()
    if (!answer.ok) throw new Error(`${answer.status}`)
    return answer
  }
  onTestFinished(followBaseTiles({ fetch }, tiles => heard.push(tiles)))
  const last = () => heard.at(-1)!
  return { server, heard, last, tile: () => last().ask('/basemap/tiles/0/0/0', new AbortController().signal, t => t) }
}
const aLookLater = () => vi.advanceTimersByTimeAsync(30_000)

test.each<[string, BasemapState, string | null, string | null]>([
  ['nothing is configured', NONE, null, null],
  ['an archive', { archive: READY, tianditu: null }, 'archive', null],
  ['an archive before Tianditu', { archive: READY, tianditu: { fault: null } }, 'archive', null],
  ['a broken archive', FAULT, null, 'truncated'],
  ['a broken archive and Tianditu', { ...FAULT, tianditu: { fault: null } }, 'tianditu', 'truncated'],
  ['unknown layers', { archive: { ...READY, layers: ['x'] }, tianditu: null }, null, 'unknownLayers'],
  ['Tianditu', { archive: null, tianditu: { fault: null } }, 'tianditu', null],
])('%s', async (_, state, shown, trouble) => {
  const { last } = follow(state)
  await vi.advanceTimersByTimeAsync(0)
  expect(shownTiles(last().state)?.from ?? null).toBe(shown)
  expect(basemapTrouble(last())).toBe(trouble)
})

test('an archive that is repaired or replaced while the page hangs is told, and the same state is not told twice', async () => {
  const { server, heard, last } = follow(FAULT)
  await aLookLater()
  expect(heard).toHaveLength(1)
  server.state = { archive: READY, tianditu: null }
  await aLookLater()
  expect(last().state).toEqual(server.state)
})

test('tiles that fail are told with their reason, asked for again, and forgotten when they come', async () => {
  const { server, last, tile } = follow({ archive: null, tianditu: { fault: null } })
  await vi.advanceTimersByTimeAsync(0)
  server.tile = () => new Response(null, { status: 502 })
  server.state = { archive: null, tianditu: { fault: 'refused' } }
  await expect(tile()).rejects.toThrow()
  await vi.advanceTimersByTimeAsync(0)
  expect(basemapTrouble(last())).toBe('tianditu.refused')

  await aLookLater()
  expect(last().attempt).toBe(1)
  server.tile = () => new Response('tile')
  await tile()
  expect(basemapTrouble(last())).not.toBeNull()
  await aLookLater()
  expect(basemapTrouble(last())).toBeNull()
})

test('a tile that cannot be read counts as one that did not come; one that nobody waits for does not', async () => {
  const { last } = follow({ archive: READY, tianditu: null })
  await vi.advanceTimersByTimeAsync(0)
  const gone = AbortSignal.abort()
  const unreadable = () => {
    throw new Error('no tile')
  }
  await expect(last().ask('/basemap/tiles/0/0/0', gone, unreadable)).rejects.toThrow()
  expect(last().isFailing).toBe(false)
  await expect(last().ask('/basemap/tiles/0/0/0', new AbortController().signal, unreadable)).rejects.toThrow('no tile')
  expect(basemapTrouble(last())).toBe('missingTiles')
})
