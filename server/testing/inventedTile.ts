/** A vector tile (MVT 2) of a few features, for tests. Coordinates are of the tile: 0 to 4096, y downwards. */
import { PbfWriter } from 'pbf'

export type InventedLayer = { readonly name: string; readonly features: readonly InventedFeature[] }
export type InventedFeature = {
  readonly type: 'polygon' | 'line'
  /** One ring (clockwise as seen, without its first point again) or one line. */
  readonly points: readonly (readonly [number, number])[]
  readonly properties: { readonly [key: string]: string }
}

export function inventedTile(layers: readonly InventedLayer[]): Uint8Array {
  const pbf = new PbfWriter()
  for (const layer of layers) pbf.writeMessage(3, writeLayer, layer)
  return pbf.finish()
}

function writeLayer(layer: InventedLayer, pbf: PbfWriter): void {
  const keys = [...new Set(layer.features.flatMap(feature => Object.keys(feature.properties)))]
  const values = [...new Set(layer.features.flatMap(feature => Object.values(feature.properties)))]
  pbf.writeStringField(1, layer.name)
  for (const feature of layer.features) {
    const tags = Object.entries(feature.properties).flatMap(([key, value]) => [
      keys.indexOf(key),
      values.indexOf(value),
    ])
    pbf.writeMessage(2, writeFeature, { feature, tags })
  }
  for (const key of keys) pbf.writeStringField(3, key)
  for (const value of values) pbf.writeMessage(4, (text: string, inner) => inner.writeStringField(1, text), value)
  pbf.writeVarintField(5, 4096)
  pbf.writeVarintField(15, 2)
}

function writeFeature({ feature, tags }: { feature: InventedFeature; tags: number[] }, pbf: PbfWriter): void {
  pbf.writePackedVarint(2, tags)
  pbf.writeVarintField(3, feature.type === 'polygon' ? 3 : 2)
  pbf.writePackedVarint(4, commands(feature))
}

const zigzag = (value: number) => (value << 1) ^ (value >> 31)

function commands({ type, points }: InventedFeature): number[] {
  const [moveTo, lineTo, closePath] = [1, 2, 7]
  const steps = points.map(([x, y], i) => [
    zigzag(x - (points[i - 1]?.[0] ?? 0)),
    zigzag(y - (points[i - 1]?.[1] ?? 0)),
  ])
  const [first = [], ...rest] = steps
  const drawn = [moveTo | (1 << 3), ...first, lineTo | (rest.length << 3), ...rest.flat()]
  return type === 'polygon' ? [...drawn, closePath | (1 << 3)] : drawn
}
