import type { LayerSpecification, MapLibreMap } from 'maplibre-gl'

/** Gives a layer that is drawn another look: only what differs is handed over. */
export function repaint(map: MapLibreMap, layer: LayerSpecification, before: LayerSpecification | undefined): void {
  for (const [name, value] of changed(layer.paint, before?.paint))
    map.setPaintProperty(layer.id, name as never, value as never)
  for (const [name, value] of changed(layer.layout, before?.layout))
    map.setLayoutProperty(layer.id, name as never, value as never)
}

function changed(want: object = {}, had: { readonly [name: string]: unknown } = {}): [string, unknown][] {
  return Object.entries(want).filter(([name, value]) => JSON.stringify(had[name]) !== JSON.stringify(value))
}
