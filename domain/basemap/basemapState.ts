/** What `GET /basemap/state.json` tells a page of the base map: the one contract between the server and the maps. */
export type BasemapState = {
  readonly archive: ArchiveState | null // null: none is configured
  readonly tianditu: { readonly fault: TileFault | null } | null
}

export type ArchiveState =
  | ({ readonly status: 'ready'; readonly version: string } & ArchiveFacts)
  | { readonly status: 'unreadable'; readonly fault: ArchiveFault }

export type ArchiveFacts = {
  readonly kind: 'vector' | 'raster'
  readonly minZoom: number
  readonly maxZoom: number
  /** west, south, east, north in WGS 84 degrees */
  readonly bounds: readonly [number, number, number, number]
  /** Plain text; what the licence of the map's data asks to be shown. */
  readonly attribution: string | null
  /** Names of the vector layers as the archive's metadata lists them; empty where it doesn't. */
  readonly layers: readonly string[]
}

export const archiveFaults = ['missing', 'notAnArchive', 'truncated', 'damaged', 'unknownTiles'] as const
export type ArchiveFault = (typeof archiveFaults)[number]

export const tileFaults = ['silent', 'refused', 'notAnImage'] as const
export type TileFault = (typeof tileFaults)[number]
