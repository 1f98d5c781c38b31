/** Questions to a screenshot, answered in a blank page of the browser that made it. */
import type { Browser } from 'playwright-core'

async function inBlankPage<A, T>(browser: Browser, work: (argument: A) => T | Promise<T>, argument: A): Promise<T> {
  const page = await browser.newPage()
  try {
    return await page.evaluate(work as (argument: unknown) => T | Promise<T>, argument as unknown)
  } finally {
    await page.close()
  }
}

/** How much of two pictures of one size is visibly different, 0…1. */
export function differingShare(browser: Browser, one: Buffer, other: Buffer): Promise<number> {
  return inBlankPage(
    browser,
    async ([a, b]) => {
      const read = async (base64: string) => {
        const bytes = Uint8Array.from(atob(base64), char => char.charCodeAt(0))
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
        context.drawImage(bitmap, 0, 0)
        return context.getImageData(0, 0, bitmap.width, bitmap.height).data
      }
      const [left, right] = [await read(a!), await read(b!)]
      if (left.length !== right.length) return 1
      let differing = 0
      for (let i = 0; i < left.length; i += 4)
        if ([0, 1, 2].some(channel => Math.abs(left[i + channel]! - right[i + channel]!) > 16)) differing += 1
      return differing / (left.length / 4)
    },
    [one.toString('base64'), other.toString('base64')],
  )
}

/** How much of a picture is coloured (OKLCH chroma over `least`), without the hues (degrees ± 18) of `except`. */
export function colouredShare(
  browser: Browser,
  picture: Buffer,
  least: number,
  except: readonly number[],
): Promise<number> {
  return inBlankPage(
    browser,
    async ({ base64, least, except }) => {
      const bytes = Uint8Array.from(atob(base64), char => char.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
      context.drawImage(bitmap, 0, 0)
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
      const linear = (byte: number) => {
        const share = byte / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      }
      // Björn Ottosson, "A perceptual color space for image processing": linear sRGB → OKLab.
      const isColoured = (red: number, green: number, blue: number) => {
        const [r, g, b] = [linear(red), linear(green), linear(blue)]
        const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
        const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
        const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
        const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
        const c = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
        if (Math.hypot(a, c) <= least) return false
        const hue = ((Math.atan2(c, a) * 180) / Math.PI + 360) % 360
        return !except.some(other => Math.abs(((hue - other + 540) % 360) - 180) <= 18)
      }
      const counts = new Map<number, number>()
      for (let i = 0; i < data.length; i += 4) {
        const colour = (data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!
        counts.set(colour, (counts.get(colour) ?? 0) + 1)
      }
      let coloured = 0
      for (const [colour, count] of counts)
        if (isColoured(colour >> 16, (colour >> 8) & 255, colour & 255)) coloured += count
      return coloured / (data.length / 4)
    },
    { base64: picture.toString('base64'), least, except },
  )
}

/** How much of a picture has exactly one colour (`#rrggbb`), 0…1. */
export function colourShare(browser: Browser, picture: Buffer, colour: string): Promise<number> {
  return inBlankPage(
    browser,
    async ({ base64, wanted }) => {
      const bytes = Uint8Array.from(atob(base64), char => char.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
      context.drawImage(bitmap, 0, 0)
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
      let same = 0
      for (let i = 0; i < data.length; i += 4)
        if (((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!) === wanted) same += 1
      return same / (data.length / 4)
    },
    { base64: picture.toString('base64'), wanted: Number.parseInt(colour.slice(1), 16) },
  )
}
