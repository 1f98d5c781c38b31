import { expect, test } from 'vitest'
import { differingShare } from './pixels.ts'
import { seededStudio } from './seededStudio.ts'
import { IN_COMMUNITY } from './stores.ts'
import { control, counts, drawn, PAST, parameters, SEEDED, shown } from './studio.ts'

/** Monday beside Tuesday. */
const TWO = 'from=2026-11-02T00:00&to=2026-11-03T00:00&otherFrom=2026-11-03T00:00&otherTo=2026-11-04T00:00'
const AT = `${IN_COMMUNITY.lng.toFixed(5)},${IN_COMMUNITY.lat.toFixed(5)}`

const studio = seededStudio()
const radio = (name: string, value: string) =>
  control(studio.page, name).locator(`input[value="${value}"]`).check({ force: true })
const unit = async () => (await shown(studio.page)).heat.unit
const domain = async () => (await shown(studio.page)).heat.domain
const readOn = (map: string) =>
  studio.page.locator(`[data-map="${map}"] [data-crosshair] [data-value]`).getAttribute('data-value')

test('quantities: a density per km², per 1,000 households, and the share of breaches, each with its own numbers', async () => {
  const { page } = await studio.open(`${PAST}&at=${AT}`)
  const rate = Number(await readOn('A'))
  await radio('quantity', 'perKm2')
  await expect.poll(unit).toBe('perKm2')
  // The same incidents over the same week: per km² is a hundred hectares and 168 hours of the rate.
  await expect.poll(async () => Number(await readOn('A')) / rate).toBeCloseTo(100 * 168, 3)
  await radio('quantity', 'perThousand')
  await expect.poll(unit).toBe('perThousand')
  expect((await shown(page)).maps[0]!.peak).toBeGreaterThan(0)
  await radio('quantity', 'share')
  await expect.poll(unit).toBe('share')
  expect(await counts(page)).toEqual([SEEDED.all])
  await expect.poll(async () => Number(await readOn('A'))).toBeCloseTo(1, 2)
  expect(await page.locator('[data-map="A"] [data-crosshair]').first().textContent()).toContain('100.')
  await studio.close()
})

test('classes change with the method; a locked scale stays while filters, bandwidth and camera change', async () => {
  const { page } = await studio.open(PAST)
  const equal = await domain()
  expect(equal.map(limit => Math.round(limit / equal[0]!))).toEqual([1, 2, 3, 4, 5])
  await radio('classes', 'quantile')
  await expect.poll(async () => JSON.stringify(await domain())).not.toBe(JSON.stringify(equal))
  const quantile = await domain()
  await radio('classes', 'mean')
  await expect.poll(async () => JSON.stringify(await domain())).not.toBe(JSON.stringify(quantile))
  await radio('classes', 'equal')
  await expect.poll(domain).toEqual(equal)
  const ticks = await page.locator('[data-break]').allTextContents()
  expect(ticks.map(Number)).toEqual([0, ...equal])

  await control(page, 'lock').click()
  await expect.poll(() => parameters(page).get('breaks')).toBe(equal.join(','))
  await page.locator('[data-category="dispute"]').check({ force: true })
  await expect.poll(() => counts(page)).toEqual([SEEDED.tuesday])
  expect(await domain()).toEqual(equal)
  await page.locator('[data-map="A"] canvas').first().hover()
  await page.mouse.wheel(0, -300)
  await expect.poll(() => parameters(page).has('map')).toBe(true)
  expect(await domain()).toEqual(equal)
  expect(await counts(page)).toEqual([SEEDED.tuesday])
  await control(page, 'lock').click()
  await expect.poll(async () => JSON.stringify(await domain())).not.toBe(JSON.stringify(equal))
  await control(page, 'home').click()
  await expect.poll(() => parameters(page).has('map')).toBe(false)
  await studio.close()
})

test('two periods share one scale and one crosshair, and their difference is filled where A has more, hatched where less', async () => {
  let { page } = await studio.open(`${TWO}&compare=side`)
  expect(await counts(page)).toEqual([SEEDED.monday, SEEDED.tuesday])
  const canvas = page.locator('[data-map="B"] canvas').first()
  const box = (await canvas.boundingBox())!
  await expect
    .poll(async () => {
      await page.mouse.move(box.x + box.width / 2 + Math.random(), box.y + box.height / 2)
      return page.locator('[data-crosshair]').count()
    })
    .toBe(2)
  await canvas.click({ position: { x: box.width / 2, y: box.height / 2 } })
  await expect.poll(() => parameters(page).has('at')).toBe(true)
  await control(page, 'unpin').click()
  await expect.poll(() => parameters(page).has('at')).toBe(false)
  await studio.close()

  ;({ page } = await studio.open(`${TWO}&compare=side&at=${AT}`))
  const [a, b] = [Number(await readOn('A')), Number(await readOn('B'))]
  expect(a).toBeGreaterThan(b)
  expect(await page.locator('[data-map="A"] [data-grid-name]').textContent()).toContain('白鹭社区')
  await radio('compare', 'difference')
  await expect.poll(async () => (await shown(page)).maps.length).toBe(3)
  const [, , signed] = (await shown(page)).maps
  expect(signed!.bands.length).toBeGreaterThan(0)
  expect(signed!.less.length).toBeGreaterThan(0)
  const here = page.locator('[data-map="difference"] [data-crosshair] b')
  await expect.poll(() => here.textContent()).toMatch(/^\+/)
  expect(Number((await here.textContent())!.slice(1))).toBeCloseTo(a - b, 2)
  expect(await page.locator('[data-sign]').count()).toBe(1)

  // Per km² two periods of different length are not subtracted, and that is said.
  await radio('quantity', 'perKm2')
  await drawn(page)
  expect(await page.locator('[data-unequal]').count()).toBe(0)
  await page.locator('[data-period="B"] input').last().fill('2026-11-05 00:00')
  await page.keyboard.press('Tab')
  await page.locator('[data-unequal]').waitFor()
  await radio('compare', 'single')
  await expect.poll(() => counts(page)).toEqual([SEEDED.monday])
  await studio.close()
})

test('the matrix and the trend brush the map, and a box on the map brushes them', async () => {
  const { page } = await studio.open(PAST)
  const cell = (name: string) => page.locator(`[data-cell="${name}"]`)
  expect(await cell('1-8').getAttribute('data-count')).toBe('10')
  await cell('1-8').hover()
  await page.mouse.down()
  await cell('2-8').hover()
  await page.mouse.up()
  await expect.poll(() => parameters(page).getAll('hour')).toEqual(['8'])
  expect(parameters(page).getAll('weekday')).toEqual(['1', '2'])
  expect(await counts(page)).toEqual([10])
  expect(await page.locator('[data-trend]').getAttribute('data-sum')).toBe('10')
  expect(await page.locator('[data-matrix]').getAttribute('data-n')).toBe(String(SEEDED.all))
  expect(await cell('3-12').getAttribute('data-off')).toBe('true')
  await cell('1-8').hover()
  await page.mouse.down()
  await cell('2-8').hover()
  await page.mouse.up()
  await expect.poll(() => counts(page)).toEqual([SEEDED.all])
  await cell('3-12').focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => counts(page)).toEqual([SEEDED.wednesday])
  await control(page, 'hour').locator('[data-value="12"]').click()
  await control(page, 'weekday').locator('[data-value="3"]').click()
  await expect.poll(() => counts(page)).toEqual([SEEDED.all])

  const trend = (await page.locator('[data-trend]').boundingBox())!
  await page.mouse.move(trend.x + trend.width * (1.5 / 7), trend.y + 20)
  await page.mouse.down()
  await page.mouse.move(trend.x + trend.width * (2.5 / 7), trend.y + 20)
  await page.mouse.up()
  await expect.poll(() => parameters(page).get('from')).toBe('2026-11-03T00:00')
  expect(parameters(page).get('to')).toBe('2026-11-05T00:00')
  expect(await counts(page)).toEqual([SEEDED.tuesday + SEEDED.wednesday])

  await control(page, 'draw').click()
  const map = (await page.locator('[data-map="A"] canvas').first().boundingBox())!
  await page.mouse.move(map.x + 120, map.y + map.height - 20)
  await page.mouse.down()
  await page.mouse.move(map.x + 200, map.y + map.height - 60)
  await page.mouse.up()
  await expect.poll(() => parameters(page).has('box')).toBe(true)
  await expect.poll(() => page.locator('[data-matrix]').getAttribute('data-n')).toBe('0')
  expect(await counts(page)).toEqual([SEEDED.tuesday + SEEDED.wednesday])
  await radio('box', 'map')
  await expect.poll(() => page.locator('[data-matrix]').getAttribute('data-n')).toBe('10')
  await radio('box', 'all')
  await expect.poll(() => parameters(page).has('box')).toBe(false)
  await studio.close()
})

test('a playback shows window after window on one scale, from where it is put, and stops where it is told', async () => {
  const { page } = await studio.open('from=2026-11-02T00:00&to=2026-11-05T00:00&window=12&step=12&frame=0')
  const bar = page.locator('[data-frames]')
  expect(await bar.getAttribute('data-frames')).toBe('6')
  expect(await counts(page)).toEqual([SEEDED.monday])
  const scale = await domain()
  await control(page, 'frame').fill('3')
  await expect.poll(() => counts(page)).toEqual([SEEDED.tuesday])
  expect(await domain()).toEqual(scale)
  await control(page, 'cumulative').check()
  await expect.poll(() => counts(page)).toEqual([SEEDED.monday + SEEDED.tuesday])
  await control(page, 'cumulative').uncheck()
  await control(page, 'loop').uncheck()
  await control(page, 'speed').selectOption('8')
  await control(page, 'play').click()
  await expect.poll(() => parameters(page).get('frame')).toBe('5') // it ran to the end and was written down there
  expect(await domain()).toEqual(scale)
  expect(await counts(page)).toEqual([SEEDED.wednesday])
  await control(page, 'window').selectOption('24')
  await control(page, 'step').selectOption('24')
  await expect.poll(() => bar.getAttribute('data-frames')).toBe('3')
  await control(page, 'play').click()
  await control(page, 'play').click()
  await expect.poll(() => parameters(page).has('frame')).toBe(true)
  await control(page, 'whole').click()
  await expect.poll(() => counts(page)).toEqual([SEEDED.all])
  await studio.close()
})

test('hot spots say what they found and what they could not test, by counts or by households', async () => {
  const { page } = await studio.open(`${PAST}&bandwidth=100`)
  await radio('alpha', '0.05')
  const hot = page.locator('[data-verdict]')
  await expect.poll(() => hot.getAttribute('data-verdict')).toMatch(/^(found|nothingStandsOut|tooFewIncidents)$/)
  expect(await page.locator('[data-said]').textContent()).not.toBe('')
  await radio('hotBase', 'household')
  await expect.poll(() => parameters(page).get('perHousehold')).toBe('true')
  await drawn(page)
  await page.locator('[data-category="facilityDamage"]').check({ force: true })
  await expect.poll(() => hot.getAttribute('data-verdict')).toBe('tooFewIncidents')
  expect(await page.locator('[data-said]').textContent()).toContain('件数太少')
  await radio('alpha', '0')
  await expect.poll(() => parameters(page).has('alpha')).toBe(false)
  await studio.close()
})

test('light and dark, Chinese and English are the same picture in other clothes', async () => {
  const { page } = await studio.open(`${PAST}&at=${AT}`)
  const value = await readOn('A')
  const dark = await page.locator('[data-map="A"] canvas').first().screenshot()
  await control(page, 'theme').click()
  await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'light')
  await expect
    .poll(async () =>
      differingShare(studio.browser, dark, await page.locator('[data-map="A"] canvas').first().screenshot()),
    )
    .toBeGreaterThan(0.5)
  await control(page, 'lang').click()
  await page.locator('h1', { hasText: 'Heat analysis' }).waitFor()
  expect(await readOn('A')).toBe(value)
  expect(parameters(page).get('at')).toBe(AT)
  await studio.close()
})
