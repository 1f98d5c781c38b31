/** What a worker's phone says: a fix every so often, some metres off; now and then silent for minutes, then all at once. */
import type { Duty } from './dayPlan.ts'
import type { SimFix } from './port.ts'
import { seededRandom } from './random.ts'
import type { Motion } from './walker.ts'
import { toPlace, type World } from './world.ts'

export type Silence = { readonly from: number; readonly to: number } // no network; what was kept is told at `to`
export type Phone = {
  readonly worker: string
  readonly silences: readonly Silence[]
  /** Fixes with from < at ≤ to, on the phone's own beat of `everyMs`. */
  fixes(from: number, to: number, everyMs: number): SimFix[]
}

const MINUTE = 60_000
// A night shift is planned in two halves, whose ends lie up to a few hundred metres apart: the phone rests meanwhile.
const HANDOVER_MS = 3 * MINUTE

export function phone(
  world: World,
  seed: string,
  duty: Duty,
  motionAt: (instant: number) => Motion = duty.walker.at,
): Phone {
  const worker = duty.person.id
  const random = seededRandom(seed, worker, duty.from, 'phone')
  const begins = duty.starts ? duty.from + 5_000 : duty.from + HANDOVER_MS
  const ends = duty.ends ? duty.endsAt - 1_000 : duty.endsAt - HANDOVER_MS
  const offset = random.next()
  const phases = [random.between(0, 6), random.between(0, 6), random.between(0, 6)]
  const battery = { full: random.between(82, 100), perHour: random.between(3, 5.5) }
  const silences: Silence[] = []
  for (let at = begins + random.between(0, 4) * 60 * MINUTE; at < ends; at += random.between(1.5, 7) * 60 * MINUTE) {
    const to = Math.round(at + random.between(1, 10) * MINUTE)
    if (to < ends) silences.push({ from: Math.round(at), to })
  }
  const fixAt = (at: number): SimFix => {
    const { point, speedMps, courseDeg } = motionAt(at)
    const wave = (period: number, i: number) => Math.sin(at / period + (phases[i] ?? 0))
    // Slow waves, not dice: the error of a real receiver wanders, it does not jump.
    const accuracyM = 7 + 4 * wave(660_000, 2) + 1.5 * wave(97_000, 1)
    const off = 0.45 * accuracyM
    const place = toPlace(world, [point[0] + off * wave(71_000, 0), point[1] + off * wave(89_000, 1)])
    return {
      at,
      ...place,
      accuracyM: Math.round(accuracyM * 10) / 10,
      speedMps: Math.round(speedMps * 10) / 10,
      courseDeg: courseDeg === null ? null : Math.round(courseDeg),
      batteryPct: Math.max(5, Math.round(battery.full - (battery.perHour * (at - duty.from)) / (60 * MINUTE))),
    }
  }
  return {
    worker,
    silences,
    fixes: (from, to, everyMs) => {
      const shift = Math.floor(offset * everyMs)
      const out: SimFix[] = []
      const first = (Math.floor((Math.max(from, begins) - shift) / everyMs) + 1) * everyMs + shift
      for (let at = first; at <= Math.min(to, ends); at += everyMs) out.push(fixAt(at))
      return out
    },
  }
}

export const isSilent = (silences: readonly Silence[], at: number): boolean =>
  silences.some(silence => at >= silence.from && at < silence.to)

/** What arrives in (from, to]: the fixes of that time but those held back, and those held back until now. */
export function delivered(phone: Phone, from: number, to: number, everyMs: number): SimFix[] {
  const late = phone.silences
    .filter(silence => silence.to > from && silence.to <= to)
    .flatMap(silence => phone.fixes(silence.from - 1, Math.min(silence.to - 1, from), everyMs))
  const heard = phone
    .fixes(from, to, everyMs)
    .filter(fix => !phone.silences.some(silence => fix.at >= silence.from && fix.at < silence.to && silence.to > to))
  return [...late, ...heard]
}
