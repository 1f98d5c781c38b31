import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { tianditu } from './tianditu.ts'

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47])

/** A mirror in the house that answers as `answer` says. */
async function mirror(answer: RequestListener, patienceMs?: number) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const clock = { now: 0 }
  const complaints: object[] = []
  const log = (line: string, detail: object) => complaints.push({ line, ...detail })
  return { service: tianditu({ url, key: 'secret-key' }, () => clock.now, log, patienceMs), clock, complaints, url }
}

test('a tile is asked for as WMTS in web Mercator, with the key', async () => {
  const asked: URL[] = []
  const { service } = await mirror((request, response) => {
    asked.push(new URL(request.url ?? '', 'http://x'))
    response.setHeader('content-type', 'image/png').end(PNG)
  })
  expect(await service.tile('cva', 12, 3430, 1683)).toEqual({ ok: true, bytes: PNG, type: 'image/png' })
  expect(asked[0]?.pathname).toBe('/cva_w/wmts')
  expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toMatchObject({
    REQUEST: 'GetTile',
    LAYER: 'cva',
    TILEMATRIXSET: 'w',
    TILEMATRIX: '12',
    TILECOL: '3430',
    TILEROW: '1683',
    tk: 'secret-key',
  })
})

test('where it has no tile nothing is wrong', async () => {
  const { service } = await mirror((_, response) => response.writeHead(404).end())
  expect(await service.tile('vec', 1, 0, 0)).toMatchObject({ ok: true, bytes: null })
  expect(service.fault()).toBeNull()
})

test.each<[string, RequestListener, string]>([
  ['a wrong key', (_, response) => response.writeHead(403).end('{"code":301007}'), 'refused'],
  [
    'a page instead of a picture',
    (_, response) => response.setHeader('content-type', 'text/html').end('?'),
    'notAnImage',
  ],
  [
    'a way to another host',
    (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
    'silent',
  ],
  ['no answer', () => {}, 'silent'],
])('%s is a fault that is told, and logged once without the key', async (_, answer, fault) => {
  const { service, complaints, url } = await mirror(answer, 200)
  expect(await service.tile('vec', 1, 0, 0)).toEqual({ ok: false, fault })
  expect(await service.tile('vec', 1, 0, 1)).toEqual({ ok: false, fault })
  expect(service.fault()).toBe(fault)
  expect(complaints).toEqual([{ line: expect.any(String), url, fault }])
})

test('after a failure it is left alone for a while, then asked again and well', async () => {
  let asked = 0
  const { service, clock } = await mirror((_, response) => {
    asked += 1
    if (asked === 1) response.writeHead(500).end()
    else response.setHeader('content-type', 'image/png').end(PNG)
  })
  await service.tile('vec', 1, 0, 0)
  await service.tile('vec', 1, 0, 1)
  expect(asked).toBe(1)
  clock.now += 10_000
  expect(await service.tile('vec', 1, 0, 0)).toMatchObject({ ok: true })
  expect(service.fault()).toBeNull()
})
