import { PbfReader } from 'pbf'
import { namedLayers } from './tileSchema.ts'

const HAN = /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/g

/** The Chinese characters of the names in a vector tile (MVT 2), each once. Throws when it is no vector tile. */
export function tileTexts(tile: ArrayBuffer): string {
  const chars = new Set<string>()
  new PbfReader(tile).readFields((tag, _, pbf) => {
    if (tag !== 3) return
    const layer = pbf.readMessage<Layer>(readLayer, { name: '', texts: [] })
    if (!namedLayers.has(layer.name)) return
    for (const text of layer.texts) for (const char of text.match(HAN) ?? []) chars.add(char)
  }, null)
  return [...chars].join('')
}

type Layer = { name: string; texts: string[] }

function readLayer(tag: number, layer: Layer, pbf: PbfReader): void {
  if (tag === 1) layer.name = pbf.readString()
  else if (tag === 4) pbf.readMessage(readValue, layer.texts)
}

function readValue(tag: number, texts: string[], pbf: PbfReader): void {
  if (tag === 1) texts.push(pbf.readString())
}
