import { createHmac } from 'node:crypto'
import type { App } from '../app.ts'
import type { TokenRow } from '../store/eventStore.ts'
import { ROLES, type Role, type Viewer } from './viewer.ts'

const DAY_MS = 86_400_000
const PAIRING_LIVES_MS = 10 * 60_000
/** Without 0, O, 1, I and L, which people mishear and misread. */
const CODE_LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

export type TokenRequest = {
  readonly role: Role
  readonly areas: readonly string[]
  readonly worker: string | null
  readonly device: string | null
  readonly name: string | null
  readonly expiresAt: number | null
}

/** Tokens are 256 random bits; the store keeps their HMAC under the secret, so a copy of the store opens nothing. */
export type Tokens = {
  /** Stores a token and returns it: the only time that it can be read. */
  issue(request: TokenRequest): Promise<string>
  /** The same token at every start, made of the secret and its name: for the addresses that a demo prints. */
  standing(request: TokenRequest & { readonly name: string }): Promise<string>
  /** Approves the candidate token that a page made for itself and shows the code of. False: no such code, or it is over. */
  approve(code: string, request: TokenRequest): Promise<boolean>
  /** A page without a token asks to be paired; the code is what a person reads from it. */
  pair(candidate: string): Promise<{ code: string; expiresAt: number }>
  viewer(token: string): Promise<Viewer | null>
  list(): Promise<TokenRow[]>
  revoke(id: string): Promise<boolean>
}

export function tokens(app: App, secret: string): Tokens {
  const hashOf = (token: string) => createHmac('sha256', secret).update(token).digest('hex')
  const store = app.store.reference

  // Who comes with every request is looked up once for as long as no token, and nothing else of the reference, changes.
  let known = new Map<string, TokenRow>()
  let knownAt: number | null = null

  async function rowOf(token: string, revision: number): Promise<TokenRow | null> {
    if (revision !== knownAt) known = new Map()
    knownAt = revision
    const row = known.get(token) ?? (await store.tokenByHash(hashOf(token)))
    if (row !== null && knownAt === revision) known.set(token, row)
    return row
  }

  /** The id comes from the hash, so that a token that is kept again, or by two processes at once, stays one row. */
  async function keep(hash: string, request: TokenRequest): Promise<void> {
    await store.putToken({
      id: hash.slice(0, 12),
      hash,
      ...request,
      createdAt: app.time.now(),
      revokedAt: null,
    })
  }

  return {
    async issue(request) {
      const token = app.random.hex(32)
      await keep(hashOf(token), request)
      return token
    },
    async standing(request) {
      const token = hashOf(`standing ${request.name}`)
      if ((await store.tokenByHash(hashOf(token))) === null) await keep(hashOf(token), request)
      return token
    },
    async approve(code, request) {
      const pairing = await store.takePairing(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''), app.time.now())
      if (pairing === null) return false
      await keep(pairing.hash, request)
      return true
    },
    async pair(candidate) {
      const code = codeFrom(app.random.hex(8))
      const expiresAt = app.time.now() + PAIRING_LIVES_MS * app.time.speed
      await store.putPairing({ code, hash: hashOf(candidate), expiresAt }, app.time.now())
      return { code, expiresAt }
    },
    async viewer(token) {
      const { workers, revision } = await app.reference()
      const row = await rowOf(token, revision)
      if (row === null || !isRole(row.role) || row.revokedAt !== null) return null
      if (row.expiresAt !== null && row.expiresAt <= app.time.now()) return null
      return {
        tokenId: row.id,
        role: row.role,
        areas: row.areas,
        worker: row.worker,
        leads: row.worker === null ? [] : (workers.get(row.worker)?.leads ?? []),
        device: row.device,
        name: row.name,
      }
    },
    list: () => store.tokens(),
    async revoke(id) {
      const isRevoked = await store.revokeToken(id, app.time.now())
      knownAt = null
      return isRevoked
    },
  }
}

export function isRole(text: string): text is Role {
  return ROLES.some(role => role === text)
}

/** `P30D` and the like, in days and weeks, from now on. */
export function expiryFrom(text: string, now: number): number | null {
  const parts = /^P(?:(\d+)W)?(?:(\d+)D)?$/.exec(text)
  if (parts === null || (parts[1] === undefined && parts[2] === undefined)) return null
  return now + (Number(parts[1] ?? 0) * 7 + Number(parts[2] ?? 0)) * DAY_MS
}

function codeFrom(hex: string): string {
  let left = BigInt(`0x${hex}`)
  let code = ''
  while (code.length < 6) {
    code += CODE_LETTERS[Number(left % BigInt(CODE_LETTERS.length))]
    left /= BigInt(CODE_LETTERS.length)
  }
  return code
}
