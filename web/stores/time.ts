/** The only place of the web that reads a clock or chance. */
import { readonly, shallowRef } from 'vue'

type Anchor = { readonly serverTime: number; readonly heardAt: number; readonly speed: number }

const anchor = shallowRef<Anchor | null>(null)
const tick = shallowRef(0)
let isTicking = false

/** Monotonic milliseconds since the page began: unmoved by steps of the machine's clock. */
export const monotonic = (): number => performance.now()

/** The machine's own clock: for replay's header, and until the server first tells its time. */
export const machineTime = (): number => Date.now()

export const chance = (): number => Math.random()

/** `crypto.randomUUID` is missing where a page comes without TLS, as it may on a closed network. */
export function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 15) | 64
  bytes[8] = ((bytes[8] ?? 0) & 63) | 128
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

export function randomToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** A heartbeat told the server's time; `speed` is how fast a simulated process runs (1 when none does). */
export function hearServerTime(serverTime: number, speed: number): void {
  anchor.value = { serverTime, heardAt: monotonic(), speed }
}

/** The server's time now, or null before it was first heard. */
export function serverTime(): number | null {
  const known = anchor.value
  return known && atServer(known.serverTime, monotonic() - known.heardAt, known.speed)
}

/** Server time `passedMs` of monotonic time after it was heard. */
export const atServer = (heard: number, passedMs: number, speed: number): number => heard + passedMs * speed

/** Counts whole seconds; whatever reads it is computed again once a second. */
export function useTick() {
  if (!isTicking) {
    isTicking = true
    setInterval(() => {
      tick.value = Math.floor(monotonic() / 1000)
    }, 1000)
  }
  return readonly(tick)
}
