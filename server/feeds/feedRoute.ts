import { holderAt } from '../access/deviceHolder.ts'
import type { Tokens } from '../access/tokens.ts'
import type { Viewer } from '../access/viewer.ts'
import type { App } from '../app.ts'
import { textUpTo } from '../http/bodyText.ts'
import { plain, type Route } from '../http/router.ts'
import type { Metrics } from '../metrics.ts'
import type { IncomingFix, PositionService } from '../positions/types.ts'
import type { DeviceRow } from '../store/eventStore.ts'
import type { Feed, WireMessage } from './feed.ts'
import { osmand } from './osmand.ts'
import { owntracks } from './owntracks.ts'
import { traccar } from './traccar.ts'

const FEEDS: readonly Feed[] = [owntracks, traccar, osmand]
const MAX_BODY_BYTES = 1_000_000

/**
 * /feeds/<name>/…: unmodified apps pointed at the server. A wrong or missing token is 401, a token without that device
 * 403, so the phone keeps its queue and its installer sees it; everything else from a known device is acknowledged, and
 * what is not stored is counted by reason.
 */
export function feedRoute(app: App, tokens: Tokens, positions: PositionService, metrics: Metrics): Route {
  return async (request, url) => {
    const [, root, name] = url.pathname.split('/')
    if (root !== 'feeds') return null
    const feed = FEEDS.find(candidate => candidate.name === name)
    if (feed === undefined)
      return plain(404, `there is no feed "${name ?? ''}"; there are: ${FEEDS.map(f => f.name).join(', ')}`)
    const count = (outcome: string) => metrics.count('gridwatch_feed_messages_total', { feed: feed.name, outcome })

    const token = tokenOf(request, url)
    const viewer = token === null ? null : await tokens.viewer(token)
    if (viewer === null || viewer.role !== 'device' || viewer.device === null) {
      count('unauthorized')
      return plain(401, 'the token is missing, wrong or over', { 'www-authenticate': 'Basic realm="gridwatch"' })
    }
    const body = await textUpTo(request, MAX_BODY_BYTES)
    if (body === null) return plain(413, 'a message may have one million bytes at most')
    const { timezone, devices } = await app.reference()
    const reading = feed.read(wireMessage(request, url, body, app.time.now(), timezone))
    if (reading.kind === 'malformed') {
      count('malformed')
      return plain(400, reading.message)
    }
    const { device } = viewer
    if (reading.deviceKeys.length > 0 && !reading.deviceKeys.includes(device)) {
      count('otherDevice')
      return plain(403, `this token is for the device "${device}"`)
    }
    if (reading.kind === 'nothing') {
      count(reading.reason)
      if (reading.reason === 'encrypted') app.log('a phone sends encrypted messages, which cannot be read', { device })
      return feed.success()
    }
    await keep(positions, viewer, device, devices, reading.fixes, count)
    return feed.success()
  }
}

/** A fix belongs to the worker who had the device then. */
async function keep(
  positions: PositionService,
  viewer: Viewer,
  device: string,
  devices: readonly DeviceRow[],
  fixes: readonly IncomingFix[],
  count: (outcome: string) => void,
): Promise<void> {
  for (const fix of fixes) {
    const worker = holderAt(devices, device, fix.at)
    if (worker === null) {
      count('noHolder')
      continue
    }
    const outcome = await positions.record({ ...viewer, worker }, worker, [fix], null)
    if (!outcome.ok) count(outcome.rule ?? outcome.code)
    else count(outcome.refused[0]?.reason ?? (outcome.accepted === 1 ? 'accepted' : 'duplicate'))
  }
}

/** As Basic password (OwnTracks), as Bearer, or in the path for apps that can send neither. */
function tokenOf(request: Request, url: URL): string | null {
  const [scheme, value] = (request.headers.get('authorization') ?? '').split(/\s+/)
  if (scheme?.toLowerCase() === 'bearer' && value) return value
  if (scheme?.toLowerCase() === 'basic' && value) {
    const pair = Buffer.from(value, 'base64').toString('utf8')
    return pair.slice(pair.indexOf(':') + 1)
  }
  const [, , , marker, token] = url.pathname.split('/')
  return marker === 't' && token ? token : null
}

function wireMessage(request: Request, url: URL, body: string, receivedAt: number, timezone: string): WireMessage {
  return {
    method: request.method,
    query: url.searchParams,
    header: name => request.headers.get(name),
    body,
    receivedAt,
    timezone,
  }
}
