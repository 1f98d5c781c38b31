/** Which layer of a vector archive holds what: Protomaps' names, or those of OpenMapTiles. */
const names = {
  parks: ['landuse', 'landcover', 'park'],
  water: ['water'],
  waterways: ['waterway'],
  roads: ['roads', 'transportation'],
  roadNames: ['roads', 'transportation_name'],
  rail: ['transit', 'roads', 'transportation'],
  buildings: ['buildings', 'building'],
  boundaries: ['boundaries', 'boundary'],
  places: ['places', 'place'],
} as const

export type TilePart = keyof typeof names

/** An archive that doesn't list its layers is taken for one of Protomaps'. */
export function knownLayers(listed: readonly string[]): { readonly [part in TilePart]?: readonly string[] } {
  const found: { [part in TilePart]?: readonly string[] } = {}
  for (const part of Object.keys(names) as TilePart[]) {
    const here = names[part].filter((name, i) => (listed.length === 0 ? i === 0 : listed.includes(name)))
    if (here.length > 0) found[part] = here
  }
  return found
}

/** The layers whose names are drawn. */
export const namedLayers: ReadonlySet<string> = new Set([
  ...names.roadNames,
  ...names.places,
  ...names.water,
  ...names.waterways,
])
