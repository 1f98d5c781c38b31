import { type Header, TileType } from 'pmtiles'
import { z } from 'zod'
import type { ArchiveFacts } from '#domain/basemap/basemapState.ts'

const MOST_LAYERS = 200
const LONGEST_ATTRIBUTION = 300

/** Written by whoever made the archive: what is not as expected counts as not said. */
const metadataSchema = z.object({
  attribution: z.string().nullable().catch(null).default(null),
  vector_layers: z
    .array(z.object({ id: z.string() }))
    .catch([])
    .default([]),
})

export function archiveFacts(header: Header, metadata: unknown): ArchiveFacts {
  const { attribution, vector_layers } = metadataSchema.catch({ attribution: null, vector_layers: [] }).parse(metadata)
  return {
    kind: header.tileType === TileType.Mvt ? 'vector' : 'raster',
    minZoom: header.minZoom,
    maxZoom: header.maxZoom,
    bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat],
    attribution: attribution === null ? null : plainText(attribution) || null,
    layers: vector_layers.slice(0, MOST_LAYERS).map(layer => layer.id),
  }
}

const ENTITIES: { readonly [name: string]: string } = { copy: '©', amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' }

/** An attribution is mostly a piece of HTML with links; a closed network has nowhere to follow them to. */
export function plainText(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .replace(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_ATTRIBUTION)
}
