import type { LayerSpecification, MapLibreMap } from 'maplibre-gl'

/** Gives layers that are drawn another look: only what differs is handed over. `before`: the same layers as they look now. */
export function repaint(
  map: MapLibreMap,
  layers: readonly LayerSpecification[],
  before: readonly LayerSpecification[],
): void {
  for (const [i, { id, paint, layout }] of layers.entries()) {
    for (const [name, value] of changed(paint, before[i]?.paint))
      map.setPaintProperty(id, name as never, value as never)
    for (const [name, value] of changed(layout, before[i]?.layout))
      map.setLayoutProperty(id, name as never, value as never)
  }
}

function changed(want: object = {}, had: { readonly [name: string]: unknown } = {}): [string, unknown][] {
  return Object.entries(want).filter(([name, value]) => JSON.stringify(had[name]) !== JSON.stringify(value))
}
