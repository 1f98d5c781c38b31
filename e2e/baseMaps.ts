/** Base maps as an operator may give them: an archive that is all water, a broken one, and a Tianditu of our own. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inventedArchive } from '../server/testing/inventedArchive.ts'
import { inventedTile } from '../server/testing/inventedTile.ts'

/** `map-water` of the maps' dark palette. */
export const WATER = '#0b1216'
/** As it stands on the map. */
export const MAKERS = '© 某市测绘院'
/** 256 × 256 white pixels. */
const WHITE_PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAQAAAAEAAQAAAAB0CZXLAAAAM0lEQVR42u3KoQEAAAwCIP9/Wk9YXYBMeoggCIIgCIIgCIIgCIIgCIIgCIIgCIIgCIIgCMLvMPPS4dI8z/G7AAAAAElFTkSuQmCC'
/** The whole street lies in this tile: all of it water. */
const TILE = { z: 9, x: 429, y: 210 }
/** A little more than the tile, as tiles are cut. */
const ALL = [
  [-64, -64],
  [4160, -64],
  [4160, 4160],
  [-64, 4160],
] as const

export function waterArchive(): Buffer {
  const ocean = { type: 'polygon', points: ALL, properties: { kind: 'ocean' } } as const
  return inventedArchive({
    tiles: [{ ...TILE, bytes: inventedTile([{ name: 'water', features: [ocean] }]) }],
    metadata: { attribution: '&copy; 某市测绘院', vector_layers: [{ id: 'water' }] },
  })
}

export const corruptArchive = (): Buffer => waterArchive().fill(0, 127, 140)

/** `asked`: what it was asked for; while it is `isWell` it answers with white pictures, else it refuses. */
export async function startTianditu() {
  const picture = Buffer.from(WHITE_PNG, 'base64')
  const mirror = { isWell: true, asked: [] as string[] }
  const server = createServer((request, response) => {
    mirror.asked.push(request.url ?? '')
    if (mirror.isWell) response.setHeader('content-type', 'image/png').end(picture)
    else response.writeHead(403).end()
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  return Object.assign(mirror, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  })
}
