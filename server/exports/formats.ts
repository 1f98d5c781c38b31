export const SUBJECTS = ['heat', 'areas', 'incidents'] as const
export type Subject = (typeof SUBJECTS)[number]
export type Format = 'geotiff' | 'png' | 'frames' | 'gpkg' | 'geojson' | 'flatgeobuf' | 'csv' | 'xlsx'

type About = {
  readonly extension: string
  readonly mediaType: string
  readonly of: readonly Subject[]
  readonly crs: string // unless another is asked for
  readonly cellsPerBandwidth: number // unless a cell is asked for
  readonly isWgs84Only?: true
  readonly drawsClasses?: true
}

const table = { of: SUBJECTS, crs: 'EPSG:4326', cellsPerBandwidth: 2 }

/** What can be written, and of what. */
export const FORMATS: { readonly [F in Format]: About } = {
  geotiff: { of: ['heat'], crs: 'EPSG:4326', cellsPerBandwidth: 8, extension: 'tif', mediaType: 'image/tiff' },
  png: {
    of: ['heat'],
    crs: 'EPSG:3857',
    cellsPerBandwidth: 8,
    extension: 'png',
    mediaType: 'image/png',
    drawsClasses: true,
  },
  frames: {
    of: ['heat'],
    crs: 'EPSG:3857',
    cellsPerBandwidth: 8,
    extension: 'zip',
    mediaType: 'application/zip',
    drawsClasses: true,
  },
  gpkg: { ...table, extension: 'gpkg', mediaType: 'application/geopackage+sqlite3', drawsClasses: true },
  geojson: { ...table, extension: 'geojson', mediaType: 'application/geo+json', isWgs84Only: true },
  flatgeobuf: { ...table, extension: 'fgb', mediaType: 'application/flatgeobuf' },
  csv: { ...table, extension: 'csv', mediaType: 'text/csv; charset=utf-8' },
  xlsx: {
    ...table,
    extension: 'xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
}
