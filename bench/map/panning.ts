/** A hand that drags the map once around, in the wall's page and in the bare one alike, and how long each frame took. */
import type { Page } from 'playwright-core'

/** Frames of one way around, and how far it leads from where it begins. */
export const FRAMES = 40
const REACH_PX = { x: 280, y: 120 }

/** One way that counts for nothing, on which tiles and shaders are made, and one that counts. */
export async function panned(page: Page): Promise<number[]> {
  await page.evaluate(drag, { frames: FRAMES, reach: REACH_PX })
  return page.evaluate(drag, { frames: FRAMES, reach: REACH_PX })
}

/** Runs in the page. Each frame the hand is a step further, however long the frame took: both pages draw the same places. */
async function drag({ frames, reach }: { frames: number; reach: { x: number; y: number } }): Promise<number[]> {
  const canvas = document.querySelector<HTMLCanvasElement>('.maplibregl-canvas')
  if (!canvas) throw new Error('the page has no map')
  const box = canvas.getBoundingClientRect()
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const hand = (type: string, dx: number, dy: number) =>
    canvas.dispatchEvent(
      new MouseEvent(type, {
        bubbles: true,
        cancelable: true,
        clientX: x + dx,
        clientY: y + dy,
        button: 0,
        buttons: type === 'mouseup' ? 0 : 1,
      }),
    )
  const frame = () => new Promise<number>(resolve => requestAnimationFrame(resolve))
  const took: number[] = []
  await frame()
  hand('mousedown', 0, 0)
  let before = await frame()
  for (let no = 1; no <= frames; no++) {
    const turn = (2 * Math.PI * no) / frames
    hand('mousemove', reach.x * Math.sin(turn), reach.y * Math.sin(2 * turn))
    const now = await frame()
    took.push(now - before)
    before = now
  }
  // Held still before it lets go: the map does not glide on.
  for (let still = 0; still < 8; still++) {
    hand('mousemove', 0, 0)
    await frame()
  }
  hand('mouseup', 0, 0)
  return took
}
