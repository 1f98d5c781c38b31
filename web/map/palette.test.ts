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
  // How much of the ground shows through the heat concerns the map alone.
  const { 'heat-alpha': _, ...shared } = palettes[theme]
  for (const [name, value] of Object.entries(shared))
    expect([name, plain(declared.get(name))]).toEqual([name, plain(value)])
})

test('deck.gl gets the same colours in numbers', () => {
  expect(rgba('#37b6ea')).toEqual([55, 182, 234, 255])
  expect(rgba('#000001', 128)).toEqual([0, 0, 1, 128])
})
