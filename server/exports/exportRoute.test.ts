import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { tokens } from '../access/tokens.ts'
import type { Role } from '../access/viewer.ts'
import { storeHeat } from '../heat/storeHeat.ts'
import { STREET } from '../testing/street.ts'
import { createExportJobs } from './exportJobs.ts'
import { exportRoute } from './exportRoute.ts'
import { type ExportedStreet, exportedStreet, WINDOW } from './testExports.ts'

const asked = {
  what: 'areas',
  format: 'geojson',
  filter: `from=${encodeURIComponent(WINDOW[1]!)}&to=${encodeURIComponent(WINDOW[3]!)}`,
}
let street: ExportedStreet
let folder: string
let clockMs: number
let ask: (method: string, path: string, token: string | null, body?: unknown) => Promise<Response>
let tokenOf: (role: Role) => Promise<string>

beforeEach(async () => {
  street = await exportedStreet()
  const parent = mkdtempSync(join(tmpdir(), 'gridwatch-exports-'))
  folder = join(parent, 'exports')
  clockMs = 0
  const access = tokens(street.app, 'a secret of at least 32 characters')
  const jobs = createExportJobs(street.app, { heat: storeHeat(street.app), mostRead: 20 }, folder, () => clockMs)
  onTestFinished(async () => {
    await jobs.close()
    rmSync(parent, { recursive: true })
  })
  const route = exportRoute(street.app, access, jobs)
  tokenOf = role => access.issue({ role, areas: [STREET], worker: null, device: null, name: null, expiresAt: null })
  ask = async (method, path, token, body) => {
    const url = new URL(path, 'http://x')
    const headers: { [name: string]: string } = token === null ? {} : { authorization: `Bearer ${token}` }
    const request = new Request(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    return (await route(request, url, ''))!
  }
})

async function finished(id: string, token: string) {
  return vi.waitUntil(
    async () => {
      const job = (await (await ask('GET', `/export/jobs/${id}`, token)).json()) as {
        state: string
        error: string | null
      }
      return job.state === 'done' || job.state === 'failed' ? job : null
    },
    { timeout: 30_000, interval: 20 },
  )
}

test('a file is asked for, made, fetched with its sidecar by who asked, and recorded', async () => {
  const [leader, other] = [await tokenOf('leader'), await tokenOf('leader')]
  const posted = await ask('POST', '/export/jobs', leader, asked)
  expect(posted.status).toBe(202)
  const { id } = (await posted.json()) as { id: string }
  expect(await finished(id, leader)).toMatchObject({ state: 'done', progress: 1, error: null })
  const file = await ask('GET', `/export/jobs/${id}/file`, leader)
  expect(file.headers.get('content-type')).toBe('application/geo+json')
  expect(file.headers.get('content-disposition')).toMatch(/gridwatch-areas-.*\.geojson/)
  const bytes = Buffer.from(await file.arrayBuffer())
  expect(JSON.parse(bytes.toString()).features).toHaveLength(7)
  const sidecar = JSON.parse(await (await ask('GET', `/export/jobs/${id}/sidecar`, leader)).text())
  expect(sidecar.files[0].sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  for (const part of ['', '/file', '/sidecar'])
    expect((await ask('GET', `/export/jobs/${id}${part}`, other)).status).toBe(404)
  expect(await street.app.store.reference.exportRecords(10)).toMatchObject([
    {
      actor: sidecar.author.by,
      role: 'leader',
      what: 'areas',
      format: 'geojson',
      n: 20,
      sha256: sidecar.files[0].sha256,
    },
  ])
})

test.each<[string, Role | null, object | string, number]>([
  ['no token', null, asked, 401],
  ['a screen on a wall', 'wall', asked, 403],
  ['a format that there is not', 'analyst', { ...asked, format: 'shp' }, 400],
  ['a window without end', 'analyst', { ...asked, filter: 'from=2026-03-02T00:00:00Z' }, 400],
  ['a word that the request does not know', 'analyst', { ...asked, colour: 'red' }, 400],
  ['no object', 'analyst', 'heat', 400],
  ['a request without end', 'analyst', { ...asked, title: 'x'.repeat(70_000) }, 400],
])('%s is refused', async (_, role, body, status) => {
  const response = await ask('POST', '/export/jobs', role === null ? null : await tokenOf(role), body)
  expect(response.status).toBe(status)
  expect(await street.app.store.reference.exportRecords(10)).toEqual([])
})

test('a picture travels as a zip with its companions, the same bytes as from the shell’s sidecar', async () => {
  const token = await tokenOf('admin')
  const posted = await ask('POST', '/export/jobs', token, { ...asked, what: 'heat', format: 'png', widthPx: 400 })
  const { id } = (await posted.json()) as { id: string }
  expect(await finished(id, token)).toMatchObject({ state: 'done', name: expect.stringMatching(/\.png\.zip$/) })
  const file = await ask('GET', `/export/jobs/${id}/file`, token)
  const parts = unzipSync(new Uint8Array(await file.arrayBuffer()))
  expect(Object.keys(parts).map(name => name.replace(/^.*?\./, ''))).toEqual(['png', 'pgw', 'png.aux.xml'])
  writeFileSync(street.file('job.json'), await (await ask('GET', `/export/jobs/${id}/sidecar`, token)).text())
  const again = street.file('again.png')
  expect(await street.run('--sidecar', street.file('job.json'), '--out', again)).toMatchObject({ code: 0, err: [] })
  expect(readFileSync(again).equals(Object.values(parts)[0]!)).toBe(true)
  const takers = (await street.app.store.reference.exportRecords(2)).map(({ actor }) => actor)
  expect(takers).toContain('shell')
})

test('what cannot be made says why', async () => {
  const token = await tokenOf('analyst')
  const posted = await ask('POST', '/export/jobs', token, { ...asked, filter: `${asked.filter}&area=9` })
  const { id } = (await posted.json()) as { id: string }
  expect(await finished(id, token)).toMatchObject({ state: 'failed', error: 'there is no area 9' })
})

test('the same commandId is the same job; with another request it is refused; five at once are too many', async () => {
  const token = await tokenOf('analyst')
  const commandId = '0b8f6f0e-7a51-4c3e-9d0e-1f5f5a0c7d11'
  const first = await (await ask('POST', '/export/jobs', token, { ...asked, commandId })).json()
  expect(first).toMatchObject({ id: commandId })
  expect(await (await ask('POST', '/export/jobs', token, { ...asked, commandId })).json()).toMatchObject({
    id: commandId,
  })
  expect((await ask('POST', '/export/jobs', token, { ...asked, format: 'csv', commandId })).status).toBe(409)
  const more = [1, 2, 3, 4].map(() => ask('POST', '/export/jobs', token, asked))
  expect((await Promise.all(more)).map(({ status }) => status)).toEqual([202, 202, 202, 429])
  await finished(commandId, token)
})

test('after an hour a file is gone', async () => {
  const token = await tokenOf('analyst')
  const { id } = (await (await ask('POST', '/export/jobs', token, asked)).json()) as { id: string }
  await finished(id, token)
  expect(existsSync(join(folder, id, 'file'))).toBe(true)
  clockMs += 61 * 60_000
  const next = (await (await ask('POST', '/export/jobs', token, asked)).json()) as { id: string }
  await finished(next.id, token)
  await vi.waitUntil(() => !existsSync(join(folder, id)))
  expect((await ask('GET', `/export/jobs/${id}/file`, token)).status).toBe(404)
})
