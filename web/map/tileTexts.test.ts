import { PbfWriter } from 'pbf'
import { expect, test } from 'vitest'
import { tileTexts } from './tileTexts.ts'

/** A vector tile whose layers hold nothing but values. */
function tileOf(layers: { readonly [name: string]: readonly string[] }): ArrayBuffer {
  const pbf = new PbfWriter()
  for (const [name, values] of Object.entries(layers))
    pbf.writeMessage(
      3,
      (_, layer) => {
        for (const value of values) layer.writeMessage(4, (text, inner) => inner.writeStringField(1, text), value)
        layer.writeStringField(1, name)
      },
      null,
    )
  return new Uint8Array(pbf.finish()).buffer
}

test('the characters of drawn names are found, each once, and those of other layers are not', () => {
  const tile = tileOf({ roads: ['锦汀路', 'Jinting Road', '锦绣路'], pois: ['便利店'] })
  expect(tileTexts(tile)).toBe('锦汀路绣')
})

test('an empty tile has none', () => {
  expect(tileTexts(new ArrayBuffer(0))).toBe('')
})

test('what is no vector tile is refused', () => {
  expect(() => tileTexts(Uint8Array.from([0x1a, 0x7f, 0x0b, 1]).buffer)).toThrow()
})
