import { expect, test } from 'vitest'
import { inspect } from './browser.ts'
import { colouredShare } from './pixels.ts'
import { seededStudio } from './seededStudio.ts'
import { COMMUNITY, STREET } from './stores.ts'
import { control, counts, drawn, PAST, parameters, SEEDED, shown } from './studio.ts'

const HEAT_HUE = 295

const studio = seededStudio()
/** Clicks, and waits for the picture that the new address asks for. */
const choose = async (click: Promise<void>, key: string) => {
  await click
  await studio.page.waitForFunction(name => new URL(location.href).searchParams.has(name), key)
  await drawn(studio.page)
}

test('the map, the matrix, the trend and the header say the same number, and the map is violet where it happened', async () => {
  const { page } = await studio.open(PAST)
  expect(await counts(page)).toEqual([SEEDED.all])
  expect(await page.locator('[data-map="A"] [data-n]').getAttribute('data-n')).toBe(String(SEEDED.all))
  expect(await page.locator('[data-matrix]').getAttribute('data-n')).toBe(String(SEEDED.all))
  expect(await page.locator('[data-trend]').getAttribute('data-sum')).toBe(String(SEEDED.all))
  const { heat, maps, areas, gl } = await shown(page)
  expect(heat).toMatchObject({ unit: 'perHectareHour', bandwidthM: 120 })
  expect(heat.domain).toHaveLength(5)
  expect(maps[0]!.bands).toEqual([0, 1, 2, 3, 4])
  expect(areas.length).toBeGreaterThan(60)
  expect(gl.lost).toBe(false)
  expect((await inspect(page)).heat!.domain).toEqual(heat.domain)
  const violet = async () => {
    const picture = await page.locator('[data-map="A"] canvas').first().screenshot()
    return (
      (await colouredShare(studio.browser, picture, 0.04, [])) -
      (await colouredShare(studio.browser, picture, 0.04, [HEAT_HUE]))
    )
  }
  await expect.poll(violet).toBeGreaterThan(0.005)
  await studio.close()
})

test('a category, a source, a tier, a clock and its state each keep what they say', async () => {
  const { page } = await studio.open(PAST)
  await choose(page.locator('[data-category="dispute"]').check({ force: true }), 'category')
  expect(await counts(page)).toEqual([SEEDED.tuesday])
  expect(parameters(page).getAll('category')).toEqual(['dispute'])
  await page.locator('[data-category="streetTrading"]').check({ force: true })
  await expect.poll(() => counts(page)).toEqual([SEEDED.tuesday + SEEDED.monday])
  await page.locator('[data-category="dispute"]').uncheck({ force: true })
  await expect.poll(() => counts(page)).toEqual([SEEDED.monday])
  await page.locator('[data-category="streetTrading"]').uncheck({ force: true })
  await expect.poll(() => counts(page)).toEqual([SEEDED.all])

  await choose(control(page, 'tier').locator('[data-value="hard"]').click(), 'tier')
  expect(await counts(page)).toEqual([0])
  expect(await page.locator('[data-map="A"] [role="status"]').textContent()).toContain('所选条件下没有事件')
  expect(await page.locator('.legend *').count()).toBe(0) // Without anything to draw there is no scale.
  await control(page, 'tier').locator('[data-value="hard"]').click()
  await expect.poll(() => counts(page)).toEqual([SEEDED.all])
  await choose(control(page, 'source').locator('[data-value="sensor"]').click(), 'source')
  expect(await counts(page)).toEqual([0])
  await control(page, 'source').locator('[data-value="sensor"]').click()

  await choose(control(page, 'clock').locator('input[value="resolve"]').check({ force: true }), 'clock')
  await choose(control(page, 'clockState').locator('[data-value="met"]').click(), 'clockState')
  expect(await counts(page)).toEqual([SEEDED.tuesday])
  await control(page, 'clockState').locator('[data-value="met"]').click()
  await expect.poll(() => parameters(page).has('clockState')).toBe(false)
  await control(page, 'clockState').locator('[data-value="breached"]').click()
  await expect.poll(() => counts(page)).toEqual([SEEDED.monday + SEEDED.wednesday])
  await studio.close()
})

test('an area of the tree is counted with all below it; arrow keys walk the tree', async () => {
  const { page } = await studio.open(PAST)
  await control(page, 'area').click()
  await page.locator('[role="tree"]').waitFor()
  const focused = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['area'] ?? null)
  await expect.poll(focused).not.toBeNull()
  await page.keyboard.press('Home')
  await expect.poll(focused).toBe(STREET)
  const before = await page.locator('[role="treeitem"]').count()
  const opened = page.locator(`[data-area="${COMMUNITY}"]`)
  await opened.focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => page.locator('[role="treeitem"]').count()).toBeGreaterThan(before)
  await choose(opened.click(), 'area')
  expect(parameters(page).get('area')).toBe(COMMUNITY)
  expect(await counts(page)).toEqual([SEEDED.monday])
  await studio.close()
})

test('the bandwidth is metres: the slider and the number ask anew, and a wider kernel has a lower peak', async () => {
  const { page } = await studio.open(PAST)
  const narrow = await shown(page)
  await control(page, 'bandwidth').locator('input[type="number"]').fill('300')
  await page.keyboard.press('Enter')
  await expect.poll(() => parameters(page).get('bandwidth')).toBe('300')
  const wide = await shown(page)
  expect(wide.heat.bandwidthM).toBe(300)
  expect(wide.maps[0]!.peak!).toBeLessThan(narrow.maps[0]!.peak! / 2)
  expect(wide.maps[0]!.n).toBe(SEEDED.all)
  await control(page, 'bandwidth').locator('input[type="range"]').focus()
  await page.keyboard.press('End')
  await expect.poll(() => parameters(page).get('bandwidth')).toBe('2000')
  await page.keyboard.press('Home')
  await expect.poll(() => parameters(page).get('bandwidth')).toBe('20')
  expect((await shown(page)).heat.bandwidthM).toBe(20)
  await studio.close()
})

test('presets are whole local days up to the end of today; typed instants are taken, wrong ones are said', async () => {
  const { page } = await studio.open(PAST)
  for (const [preset, days] of [
    ['today', 1],
    ['days7', 7],
    ['days30', 30],
  ] as const) {
    await control(page, 'preset').locator(`input[value="${preset}"]`).check({ force: true })
    await expect
      .poll(
        () =>
          (Date.parse(`${parameters(page).get('to')}Z`) - Date.parse(`${parameters(page).get('from')}Z`)) / 86_400_000,
      )
      .toBe(days)
  }
  await control(page, 'preset').locator('input[value="month"]').check({ force: true })
  await expect.poll(() => parameters(page).get('from')).toMatch(/-01T00:00$/)
  const [from, to] = [page.locator('[data-period="A"] input').first(), page.locator('[data-period="A"] input').last()]
  await from.fill('2026-11-03 00:00')
  await from.press('Tab')
  await to.fill('2026-11-04 00:00')
  await to.press('Tab')
  await expect.poll(() => parameters(page).get('to')).toBe('2026-11-04T00:00')
  expect(await counts(page)).toEqual([SEEDED.tuesday])
  await to.fill('tomorrow')
  expect(await page.locator('[data-period="A"] [role="alert"]').textContent()).toContain('格式')
  expect(await to.getAttribute('aria-invalid')).toBe('true')
  await to.press('Tab')
  expect(parameters(page).get('to')).toBe('2026-11-04T00:00')
  await studio.close()
})
