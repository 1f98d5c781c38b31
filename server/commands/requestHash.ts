import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** What makes two requests the same: who asks and what, but not when it was sent (a retry is sent later). */
export function requestHash(actor: string, request: object): string {
  const { sentAt: _sentAt, ...what } = { sentAt: undefined, ...request }
  return createHash('sha256')
    .update(canonicalize({ actor, what }) ?? '')
    .digest('hex')
}
