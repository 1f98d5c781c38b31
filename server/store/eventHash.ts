import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Json, StoredEvent } from './eventStore.ts'

export const FIRST_PREVIOUS_HASH = '0'.repeat(64)

/** RFC 8785. */
export function canonicalJson(value: unknown): string {
  return canonicalize(value) ?? 'null'
}

type Hashed = Omit<StoredEvent, 'data' | 'hash'>

/**
 * SHA-256 over the previous hash and the RFC 8785 JSON of the other columns, all but the two hashes. `dataJson` is
 * canonical already; the other keys stand here in the order that RFC 8785 asks for, which a test compares with the library.
 */
export function eventHash(event: Hashed, dataJson: string): string {
  const { actor, at, commandId, eventId, position, recordedAt, schemaVersion, stream, type, version } = event
  const text =
    `{"actor":${JSON.stringify(actor)},"at":${at},"commandId":${JSON.stringify(commandId)},"data":${dataJson},` +
    `"eventId":${JSON.stringify(eventId)},"position":${position},"recordedAt":${recordedAt},` +
    `"schemaVersion":${schemaVersion},"stream":${JSON.stringify(stream)},"type":${JSON.stringify(type)},"version":${version}}`
  return hash('sha256', event.previousHash + text)
}

/** What stands in the log for a value that lies in `personal`. */
export function personalDigest(salt: string, value: string): string {
  return hash('sha256', salt + value)
}

export function isObject(value: Json | undefined): value is { readonly [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
