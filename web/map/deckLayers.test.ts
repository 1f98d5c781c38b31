import { expect, test } from 'vitest'
import { deckLayers, MOST_TRAILS, tone } from './deckLayers.ts'
import type { MapWorker } from './mapScene.ts'
import { palettes, rgba } from './palette.ts'
import { glyphLook, glyphOf, type IconAtlas, iconKey, iconMapping, roleGlyphs } from './peopleIcons.ts'
import { routeDots } from './routeDots.ts'

const worker = (more: Partial<MapWorker>): MapWorker => ({
  id: 'w',
  lng: 0,
  lat: 0,
  at: 0,
  role: 'fullTime',
  courseDeg: null,
  assigned: false,
  trail: [],
  target: null,
  stale: false,
  ...more,
})

test('bright means assigned, old means stale, and no role has a colour of its own', () => {
  expect(tone(worker({ assigned: true }))).toBe('assigned')
  expect(tone(worker({ assigned: true, stale: true }))).toBe('stale')
  expect(tone(worker({ role: 'police' }))).toBe(tone(worker({ role: 'patrolCar' })))
})

test.each([
  [MOST_TRAILS, MOST_TRAILS],
  [MOST_TRAILS + 1, 0],
])('of %i people %i have a trail: where they are too many, it hides them', (people, trails) => {
  const trail: [number, number][] = [
    [0, 0],
    [1, 1],
  ]
  const workers = Array.from({ length: people }, (_, i) => worker({ id: `w${i}`, trail }))
  const atlas = { mapping: iconMapping(32), sizePx: 32 } as IconAtlas
  const look = { palette: palettes.dark, unitPx: 1, metresPerPx: 1, atlas, stale: false, glide: false }
  const layers = deckLayers({ workers, dots: [], ...look })
  const countIn = (id: string) => (layers.find(layer => layer.id === id)!.props.data as unknown[]).length
  expect([countIn('people'), countIn('trail'), countIn('trail-halo')]).toEqual([people, trails, trails])
})

test('old people stand on the map as visibly as before, and their trails step back', () => {
  const atlas = { canvas: null as never, mapping: iconMapping(32), sizePx: 32 }
  const input = { workers: [worker({ stale: true })], dots: [], unitPx: 1, metresPerPx: 1, atlas, glide: false }
  const opacities = (stale: boolean) =>
    new Map(deckLayers({ ...input, palette: palettes.dark, stale }).map(layer => [layer.id, layer.props.opacity]))
  expect(opacities(true).get('people')).toBe(opacities(false).get('people'))
  expect(opacities(true).get('trail')).toBeLessThan(opacities(false).get('trail')!)
})

test.each(['dark', 'light'] as const)(
  'on the %s map an old person is hollow, and told from its ground as text is',
  theme => {
    const palette = palettes[theme]
    for (const role of [...Object.keys(roleGlyphs), 'volunteer']) {
      const look = glyphLook(role, 'stale', palette)
      expect(look.isFilled).toBe(false)
      expect(look.isHatched || look.dash.length > 0).toBe(true)
      expect(contrast(look.ink, look.ground)).toBeGreaterThan(4.5)
      const live = glyphLook(role, 'normal', palette)
      expect([live.isFilled, live.isHatched, live.dash]).toEqual([glyphOf(role).solid, false, []])
    }
  },
)

test('every role has a shape of its own, and an unknown role still stands on the map', () => {
  const paths = Object.values(roleGlyphs).map(glyph => glyph.path)
  expect(new Set(paths).size).toBe(5)
  const mapping = iconMapping(32)
  for (const role of [...Object.keys(roleGlyphs), 'volunteer']) expect(mapping[iconKey(role, 'normal')]).toBeDefined()
})

test('a way is dotted evenly, with both ends free', () => {
  const dots = routeDots([121.85, 30.54], [121.86, 30.54], 50)
  const stepsLng = dots.slice(1).map((dot, i) => dot[0] - dots[i]![0])
  expect(Math.max(...stepsLng) - Math.min(...stepsLng)).toBeLessThan(1e-9)
  expect(dots[0]![0]).toBeGreaterThan(121.85)
  expect(dots.at(-1)![0]).toBeLessThan(121.86)
  expect(routeDots([0, 0], [0, 0], 50)).toEqual([])
  expect(routeDots([0, 0], [60, 0], 0).length).toBeLessThan(200)
})

/** WCAG's ratio of two colours. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [red = 0, green = 0, blue = 0] = rgba(hex).map(value => {
      const share = value / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}
