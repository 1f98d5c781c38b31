import { hash } from 'node:crypto'
import type { Json, StoredEvent } from './eventStore.ts'

export const FIRST_PREVIOUS_HASH = '0'.repeat(64)

/**
 * RFC 8785 of a JSON value. Every event passes here, and the library that a test compares this with takes four times as
 * long. Throws on what JSON cannot say: numbers that are not finite, text with a lone surrogate.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new Error('Text with half a character cannot be stored.')
    return JSON.stringify(value)
  }
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new Error('A number that is not finite cannot be stored.')
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(member => canonicalJson(member)).join(',')}]`
  let text = ''
  for (const key of Object.keys(value).sort()) {
    const member = value[key as keyof typeof value]
    if (member !== undefined) text += `${text === '' ? '' : ','}${quoted(key)}:${canonicalJson(member)}`
  }
  return `{${text}}`
}

// The keys of facts are few and come again with each of them.
const quotedKeys = new Map<string, string>()
const MAX_QUOTED_KEYS = 10_000

function quoted(key: string): string {
  const known = quotedKeys.get(key)
  if (known !== undefined) return known
  const text = canonicalJson(key)
  if (quotedKeys.size < MAX_QUOTED_KEYS) quotedKeys.set(key, text)
  return text
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
