import { hash } from 'node:crypto'
import { canonicalJson } from '../store/eventHash.ts'

/** What makes two requests the same: who asks and what, but not when it was sent (a retry is sent later). */
export function requestHash(actor: string, request: object): string {
  const { sentAt: _sentAt, ...what } = { sentAt: undefined, ...request }
  return hash('sha256', canonicalJson({ actor, what }))
}
