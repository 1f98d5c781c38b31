/** Builds the bare pages from the same node_modules into the bench's own folder and serves it, compressed as the wall is. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { staticFiles } from '../../server/http/staticFiles.ts'
import type { Folder } from '../harness/folder.ts'
import type { BareScene } from './bare/bareMap.ts'

export type BarePage = { readonly url: string; close(): void }

export async function buildBarePage(folder: Folder): Promise<string> {
  const outDir = join(folder.path, 'bare')
  const root = join(import.meta.dirname, 'bare')
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      chunkSizeWarningLimit: 2500,
      rolldownOptions: { input: [join(root, 'index.html'), join(root, 'deck.html')] },
    },
    worker: { format: 'es' },
  })
  return outDir
}

export async function serveBarePage(outDir: string, scene: BareScene): Promise<BarePage> {
  const files = staticFiles(outDir)
  const sceneBytes = gzipSync(JSON.stringify(scene))
  const server = createServer(async (request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '')
    if (path === '/scene.json') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(sceneBytes)
      return
    }
    const file = await files.file(path, true)
    if (file === null) response.writeHead(404).end()
    else response.writeHead(200, Object.fromEntries(file.headers)).end(Buffer.from(await file.arrayBuffer()))
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close }
}
