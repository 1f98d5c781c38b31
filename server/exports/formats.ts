export const SUBJECTS = ['heat', 'areas', 'incidents'] as const
export type Subject = (typeof SUBJECTS)[number]
export type Format = 'geotiff' | 'gpkg' | 'geojson' | 'flatgeobuf' | 'csv' | 'xlsx'

type About = {
  readonly extension: string
  readonly mediaType: string
  readonly of: readonly Subject[]
  readonly crs: string // unless another is asked for
  readonly cellsPerBandwidth: number // unless a cell is asked for
  readonly isWgs84Only?: true
}

const table = { of: SUBJECTS, crs: 'EPSG:4326', cellsPerBandwidth: 2 }

/** What can be written, and of what. */
export const FORMATS: { readonly [F in Format]: About } = {
  geotiff: { of: ['heat'], crs: 'EPSG:4326', cellsPerBandwidth: 8, extension: 'tif', mediaType: 'image/tiff' },
  gpkg: { ...table, extension: 'gpkg', mediaType: 'application/geopackage+sqlite3' },
  geojson: { ...table, extension: 'geojson', mediaType: 'application/geo+json', isWgs84Only: true },
  flatgeobuf: { ...table, extension: 'fgb', mediaType: 'application/flatgeobuf' },
  csv: { ...table, extension: 'csv', mediaType: 'text/csv; charset=utf-8' },
  xlsx: {
    ...table,
    extension: 'xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
}
