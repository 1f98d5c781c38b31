import { expect, test } from 'vitest'
import { seededStudio } from './seededStudio.ts'
import { counts, PAST, PILE, parameters, piledStreet, SEEDED } from './studio.ts'

const studio = seededStudio(piledStreet)

test('the strip names the coordinate on which incidents pile up, and its control brings the map there', async () => {
  const { page } = await studio.open(PAST)
  const all = SEEDED.monday + PILE.n
  expect(await counts(page)).toEqual([all])
  await expect.poll(() => page.locator('[data-piles]').getAttribute('data-piles')).toBe('1')
  const pile = page.locator('li', { has: page.locator('[data-pile]') })
  const name = (await pile.locator('[data-pile]').textContent())!.trim()
  // Places are kept to about half a metre.
  const [lng = 0, lat = 0] = name.split(', ').map(Number)
  expect(Math.hypot((lng - PILE.lng) * Math.cos((lat * Math.PI) / 180), lat - PILE.lat) * 111_000).toBeLessThan(1)
  expect(await pile.textContent()).toContain(`${PILE.n}${((PILE.n / all) * 100).toFixed(1)}%`)

  expect(parameters(page).has('map')).toBe(false)
  await pile.locator('[data-pile]').click()
  await expect.poll(() => parameters(page).get('at')).toBe(name.replace(' ', ''))
  const [toLng, toLat, zoom] = parameters(page).get('map')!.split(',').map(Number)
  expect([toLng, toLat]).toEqual([lng, lat])
  expect(zoom).toBeGreaterThanOrEqual(16)
  // Not the address alone: the place stands in the middle of the map.
  const map = (await page.locator('[data-map="A"] canvas').first().boundingBox())!
  await expect
    .poll(async () => {
      const ring = await page.locator('[data-map="A"] .ring').boundingBox()
      if (ring === null) return null
      const off = [ring.x + ring.width / 2 - map.x - map.width / 2, ring.y + ring.height / 2 - map.y - map.height / 2]
      return off.map(Math.abs).every(px => px <= 2)
    })
    .toBe(true)

  // A reload looks at the same place.
  const told = page.url()
  await page.reload()
  await expect.poll(() => page.locator('[data-map="A"] .ring').count()).toBe(1)
  expect(page.url()).toBe(told)
  await studio.close()
})

test('what a filter leaves out does not pile up', async () => {
  const { page } = await studio.open(PAST)
  const piles = () => page.locator('[data-piles]').getAttribute('data-piles')
  await expect.poll(piles).toBe('1')
  await page.locator('[data-category="streetTrading"]').check({ force: true })
  await expect.poll(piles).toBe('0')
  expect(await counts(page)).toEqual([SEEDED.monday])
  expect(await page.locator('[data-pile]').count()).toBe(0)
  await studio.close()
})
