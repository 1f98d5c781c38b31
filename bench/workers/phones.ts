/** The phones: each posts a fix every five seconds through the door for Traccar Client; none waits for another. */
import { readFileSync } from 'node:fs'
import { tell } from '../harness/child.ts'
import type { Phone } from './people.ts'
import { postPool } from './postPool.ts'

export type Walk = { readonly url: string; readonly phonesFile: string; readonly forMs: number }
export type Walked = {
  readonly sent: number
  readonly refused: number
  readonly skipped: number
  readonly answerMs: readonly number[]
}

const EVERY_MS = 5000
const TICK_MS = 20
/** Phones behind a telephone network's gateways, which keep connections open. */
const CONNECTIONS = 256
/** A server that falls behind this far is not sent more: the fixes are counted as skipped. */
const MOST_UNANSWERED = 5000
const METRES_PER_DEGREE = 111_000

process.on('message', (walk: Walk) => void run(walk).then(tell))
process.once('disconnect', () => process.exit(0))
tell({})

async function run({ url, phonesFile, forMs }: Walk): Promise<Walked> {
  const phones = JSON.parse(readFileSync(phonesFile, 'utf8')) as Phone[]
  const pool = await postPool(url, '/feeds/traccar', CONNECTIONS)
  const begun = performance.now()
  const answerMs: number[] = []
  let [sent, refused, skipped, unanswered] = [0, 0, 0, 0]
  const send = (phone: Phone, no: number) => {
    if (unanswered >= MOST_UNANSWERED) {
      skipped++
      return
    }
    const from = performance.now()
    sent++
    unanswered++
    pool
      .post(phone.token, message(phone, no, Date.now()))
      .then(status => {
        if (status !== 200) refused++
      })
      .catch(() => refused++)
      .finally(() => {
        unanswered--
        answerMs.push(performance.now() - from)
      })
  }
  // The next phone's turn comes by the clock, whether or not the server keeps up.
  let turn = 0
  await new Promise<void>(resolve => {
    const timer = setInterval(() => {
      const elapsed = performance.now() - begun
      const due = Math.floor((Math.min(elapsed, forMs) / EVERY_MS) * phones.length)
      for (; turn < due; turn++) {
        const phone = phones[turn % phones.length]
        if (phone !== undefined) send(phone, turn)
      }
      if (elapsed < forMs) return
      clearInterval(timer)
      resolve()
    }, TICK_MS)
  })
  for (let waited = 0; unanswered > 0 && waited < 100; waited++) await new Promise(resolve => setTimeout(resolve, 100))
  pool.close()
  return { sent, refused, skipped, answerMs }
}

/** On a small circle at walking speed. */
function message({ device, lng, lat }: Phone, no: number, now: number): string {
  const angle = (now / EVERY_MS) * 0.3 + no
  const coords = {
    latitude: lat + (20 * Math.sin(angle)) / METRES_PER_DEGREE,
    longitude: lng + (20 * Math.cos(angle)) / METRES_PER_DEGREE,
    accuracy: 8,
    speed: 1.2,
    heading: Math.round((angle * 57.3) % 360),
  }
  const location = { timestamp: new Date(now).toISOString(), coords, battery: { level: 0.8, is_charging: false } }
  return JSON.stringify({ device_id: device, location })
}
