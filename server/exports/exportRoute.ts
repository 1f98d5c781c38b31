import { z } from 'zod'
import { mayExport } from '../access/may.ts'
import type { Tokens } from '../access/tokens.ts'
import type { App } from '../app.ts'
import { textUpTo } from '../http/bodyText.ts'
import { bearer, json, plain, type Route } from '../http/router.ts'
import type { ExportJobs } from './exportJobs.ts'
import { exportRequestOf } from './exportRequest.ts'

const MOST_BYTES = 64 * 1024
const JOB = /^\/export\/jobs\/([0-9a-f-]{36})(\/file|\/sidecar)?$/

/**
 * POST /export/jobs asks for a file and answers 202 with the job; GET /export/jobs/ID says how far it is, …/file and …/sidecar give
 * what was made, to the same token only. docs/exports.md.
 */
export function exportRoute(app: App, tokens: Tokens, jobs: ExportJobs): Route {
  return async (request, url) => {
    if (!url.pathname.startsWith('/export/')) return null
    const token = bearer(request)
    const viewer = token === null ? null : await tokens.viewer(token)
    if (viewer === null) return plain(401, 'a token is missing or not in force')
    if (!mayExport(viewer)) return plain(403, 'your role may not take files')
    if (url.pathname === '/export/jobs') {
      if (request.method !== 'POST') return plain(405, 'ask for a file with POST', { allow: 'POST' })
      const body = bodyOf(await textUpTo(request, MOST_BYTES))
      if (typeof body === 'string') return plain(400, body)
      const { commandId, ...asked } = body
      const order = exportRequestOf(asked, await app.reference(), viewer)
      if (typeof order === 'string') return plain(400, order)
      const job = jobs.start(viewer, order, commandId ?? app.random.uuid())
      if (job === 'busy') return plain(429, 'four of your exports are not finished yet: wait for one of them')
      if (job === 'conflict') return plain(409, 'this commandId was given with another request')
      return json(202, job)
    }
    const found = JOB.exec(url.pathname)
    if (found === null) return plain(404, 'there is no such export')
    if (request.method !== 'GET') return plain(405, 'read it with GET', { allow: 'GET' })
    const [, id = '', part] = found
    const answer = part === undefined ? jobs.view(viewer, id) : null
    if (answer !== null) return json(200, answer)
    const sidecar = part === '/sidecar' ? await jobs.sidecar(viewer, id) : null
    if (sidecar !== null) return download(sidecar, 'application/json', 'sidecar.json')
    const file = part === '/file' ? await jobs.file(viewer, id) : null
    if (file !== null) return download(file.bytes, file.mediaType, file.name)
    return plain(404, 'there is no such export of yours, it is not finished, or it is no longer kept')
  }
}

const posted = z.looseObject({ commandId: z.uuid().optional() })

/** A string says what is wrong. */
function bodyOf(text: string | null): z.infer<typeof posted> | string {
  if (text === null) return `the request is longer than ${MOST_BYTES} bytes`
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'the request is no JSON'
  }
  const parsed = posted.safeParse(value)
  return parsed.success ? parsed.data : 'the request is a JSON object; its commandId, if any, is a UUID'
}

function download(bytes: Buffer, mediaType: string, name: string): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': mediaType,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
    },
  })
}
