import type { Page } from 'playwright-core'
import { seededRandom } from '../../server/simulator/random.ts'

/** How long each of `count` random clicks on the conductor took until the map was handed that instant, in ms of the page. */
export async function seeks(page: Page, seed: string, count: number, [low, high]: readonly [number, number]) {
  const random = seededRandom(seed)
  const shares = Array.from({ length: count }, () => random.between(low, high))
  return page.evaluate(async places => {
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
    for (const share of places) {
      const before = track.getAttribute('aria-valuenow')
      const begun = performance.now()
      point('pointerdown', box.left + share * box.width)
      point('pointerup', box.left + share * box.width)
      const isThere = () =>
        track.getAttribute('aria-valuenow') !== before &&
        window.gridwatch?.inspect()?.at === Number(track.getAttribute('aria-valuenow'))
      while (!isThere()) await frame()
      took.push(performance.now() - begun)
      // A hand looks at what it found before it goes on.
      await new Promise(resolve => setTimeout(resolve, 400))
    }
    return took
  }, shares)
}
