import type { Page } from 'playwright-core'
import { seededRandom } from '../../server/simulator/random.ts'

/** Between which shares of the conductor it clicks, and how long it looks at what it found before it goes on: at least, at most. */
export type Hand = { readonly within: readonly [number, number]; readonly restMs: readonly [number, number] }

/** How long each of `count` random clicks on the conductor took until the map was handed that instant, in ms of the page. */
export async function seeks(page: Page, seed: string, count: number, { within: [low, high], restMs }: Hand) {
  const random = seededRandom(seed)
  const clicks = Array.from({ length: count }, () => ({
    share: random.between(low, high),
    restMs: random.between(...restMs),
  }))
  return page.evaluate(async todo => {
    const track = document.querySelector<HTMLElement>('[role="slider"]')
    if (track === null) throw new Error('there is no conductor')
    const box = track.getBoundingClientRect()
    const frame = () => new Promise(resolve => requestAnimationFrame(resolve))
    const point = (type: string, clientX: number) =>
      track.dispatchEvent(
        new PointerEvent(type, { clientX, clientY: box.top + 10, button: 0, pointerId: 1, bubbles: true }),
      )
    // A hand that is no real one can't be captured; the conductor asks for that.
    track.setPointerCapture = () => {}
    const took: number[] = []
    for (const { share, restMs } of todo) {
      const before = track.getAttribute('aria-valuenow')
      const begun = performance.now()
      point('pointerdown', box.left + share * box.width)
      point('pointerup', box.left + share * box.width)
      const isThere = () =>
        track.getAttribute('aria-valuenow') !== before &&
        window.gridwatch?.inspect()?.at === Number(track.getAttribute('aria-valuenow'))
      while (!isThere()) await frame()
      took.push(performance.now() - begun)
      await new Promise(resolve => setTimeout(resolve, restMs))
    }
    return took
  }, clicks)
}
