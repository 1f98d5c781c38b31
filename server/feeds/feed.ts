import type { IncomingFix } from '../positions/types.ts'

/** One message as it came to `/feeds/<name>/…`, whatever the app. */
export type WireMessage = {
  readonly method: string
  readonly query: URLSearchParams
  readonly header: (name: string) => string | null
  readonly body: string
  readonly receivedAt: number
  readonly timezone: string // of the store: for apps that send times without a zone
}

/** What a message says. `deviceKeys`: the names under which this device may be known, most specific first. */
export type Reading =
  | { readonly kind: 'fixes'; readonly deviceKeys: readonly string[]; readonly fixes: readonly IncomingFix[] }
  | { readonly kind: 'nothing'; readonly deviceKeys: readonly string[]; readonly reason: string } // acknowledged, not stored
  | { readonly kind: 'malformed'; readonly message: string } // 400: the app was set up wrongly

/** A protocol of real clients: how it is read, and how it says success. Pure. */
export type Feed = {
  readonly name: string
  read(message: WireMessage): Reading
  success(): Response
}

/** A finite number, also from a string as some apps send it; null for anything else. */
export function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

/** Some apps send −1 for what they do not know. */
export function known(value: unknown): number | null {
  const number = numberOf(value)
  return number === null || number < 0 ? null : number
}

export function objectOf(value: unknown): { readonly [key: string]: unknown } | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}

export function parseObject(text: string): { readonly [key: string]: unknown } | null {
  try {
    return objectOf(JSON.parse(text))
  } catch {
    return null // what is not JSON is answered as malformed by the caller
  }
}
