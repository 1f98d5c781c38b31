import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { palettes, rgba } from './palette.ts'

const tokens = fileURLToPath(new URL('../styles/tokens.css', import.meta.url))

test.skipIf(!existsSync(tokens)).each(['dark', 'light'] as const)('the %s palette is that of the tokens', theme => {
  const css = readFileSync(tokens, 'utf8')
  const blocks = [...css.matchAll(/([^{}]*)\{([^{}]*)\}/g)].filter(([, selector = '']) =>
    selector.includes(`[data-theme="${theme}"]`),
  )
  const declared = new Map(
    blocks.flatMap(([, , body = '']) => [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(m => [m[1], m[2]])),
  )
  // Spaces, case and a leading zero are the formatter's.
  const plain = (value: string | undefined) =>
    value
      ?.replace(/\s/g, '')
      .toLowerCase()
      .replace(/(^|[(,])0\./g, '$1.')
  // The basemap's greys concern the map alone; what both files name must be equal, and these must be in both.
  const both = Object.entries(palettes[theme]).filter(([name]) => declared.has(name))
  const needed = ['bg', 'k-1', 'k-2', 'k-3', 'k-4', 'accent', 'map-halo', ...[1, 2, 3, 4, 5].map(n => `heat-${n}`)]
  expect(both.map(([name]) => name)).toEqual(expect.arrayContaining(needed))
  for (const [name, value] of both) expect([name, plain(declared.get(name))]).toEqual([name, plain(value)])
})

test('deck.gl gets the same colours in numbers', () => {
  expect(rgba('#37b6ea')).toEqual([55, 182, 234, 255])
  expect(rgba('#000001', 128)).toEqual([0, 0, 1, 128])
})
