/** What is looked at in a page, the same way in the wall's and in the bare one. */
import type { Browser } from 'playwright-core'
import { HD } from '../../e2e/browser.ts'

declare global {
  interface Window {
    benchPictureMs?: number
  }
}

/** Opens the page with nothing cached; from navigation to the first frame that holds boundaries, in ms. */
export async function look(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext({ viewport: HD })
  context.setDefaultTimeout(120_000)
  const page = await context.newPage()
  await page.addInitScript(watchForBoundaries)
  await page.goto(address)
  await page.waitForFunction(() => window.benchPictureMs !== undefined)
  const pictureMs = await page.evaluate(() => window.benchPictureMs ?? Number.NaN)
  await context.close()
  return pictureMs
}

/** Runs in the page. Boundaries are the only bright pixels of a dark map; a dozen rows of pixels always cross some. */
function watchForBoundaries(): void {
  const original = HTMLCanvasElement.prototype.getContext as (...args: unknown[]) => unknown
  const kept = function (this: HTMLCanvasElement, kind: string, attributes?: object) {
    // A frame stays readable after it was shown.
    return original.call(this, kind, kind === 'webgl2' ? { ...attributes, preserveDrawingBuffer: true } : attributes)
  }
  HTMLCanvasElement.prototype.getContext = kept as typeof HTMLCanvasElement.prototype.getContext
  const [ROWS, BRIGHT, ENOUGH] = [12, 0x90, 12]
  const sees = (gl: WebGL2RenderingContext): boolean => {
    const before = gl.getParameter(gl.READ_FRAMEBUFFER_BINDING) as WebGLFramebuffer | null
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, null)
    const { width, height } = gl.canvas
    const row = new Uint8Array(width * 4)
    let bright = 0
    for (let no = 1; no <= ROWS; no++) {
      gl.readPixels(0, Math.floor((height * no) / (ROWS + 1)), width, 1, gl.RGBA, gl.UNSIGNED_BYTE, row)
      for (let i = 0; i < row.length; i += 4)
        if (Math.min(row[i] ?? 0, row[i + 1] ?? 0, row[i + 2] ?? 0) >= BRIGHT) bright += 1
    }
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, before)
    return bright >= ENOUGH
  }
  const lookAgain = () => {
    const canvas = document.querySelector<HTMLCanvasElement>('.maplibregl-canvas')
    const gl = canvas?.getContext('webgl2')
    if (gl && sees(gl)) window.benchPictureMs = performance.now()
    else requestAnimationFrame(lookAgain)
  }
  requestAnimationFrame(lookAgain)
}
