/** The studio's pictures of docs/screenshots: an evening and the same hours of the day before, in every dress. */
import type { Page } from 'playwright-core'
import { localDay } from '#domain/time/localTime.ts'
import type { Size } from './browser.ts'
import { drawn } from './studio.ts'

const DESK: Size = { width: 1440, height: 900 }
const DAY = 86_400_000

export type StudioPicture = { readonly name: string; readonly query: string; readonly size: Size }

export function studioPictures(now: number): StudioPicture[] {
  const [today, before] = [localDay(now, 'Asia/Shanghai'), localDay(now - DAY, 'Asia/Shanghai')]
  const two = `from=${today}T06:00&to=${today}T14:00&otherFrom=${before}T06:00&otherTo=${before}T14:00&bandwidth=150`
  const at = 'at=121.86520,30.55120'
  return [
    { name: 'studio-1440x900', query: `${two}&compare=side&quantity=perThousand&${at}`, size: DESK },
    { name: 'studio-light', query: `${two}&compare=side&quantity=perThousand&${at}&theme=light`, size: DESK },
    { name: 'studio-difference', query: `${two}&compare=difference&alpha=0.1`, size: { width: 1920, height: 1080 } },
    {
      name: 'studio-en',
      query: `${two}&lang=en&theme=light&classes=quantile&alpha=0.1`,
      size: { width: 1920, height: 1080 },
    },
    { name: 'studio-2560x1440', query: `${two}&${at}&alpha=0.1`, size: { width: 2560, height: 1440 } },
    {
      name: 'studio-replay',
      query: `from=${today}T00:00&to=${today}T23:00&asOf=${today}T09:20&known=then&quantity=share`,
      size: DESK,
    },
  ]
}

/** The picture stands; MapLibre's tiles of it come a moment later, and software GL takes its time. */
export async function studioReady(page: Page): Promise<void> {
  await drawn(page)
  await page.locator('.echart canvas').first().waitFor()
  await page.waitForTimeout(8000)
}
