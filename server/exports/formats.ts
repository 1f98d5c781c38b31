export const SUBJECTS = ['heat', 'areas', 'incidents'] as const
export type Subject = (typeof SUBJECTS)[number]
export type Format = 'geotiff' | 'geojson'

type About = {
  readonly extension: string
  readonly mediaType: string
  readonly of: readonly Subject[]
  readonly crs: string // unless another is asked for
  readonly isWgs84Only?: true
}

/** What can be written, and of what. */
export const FORMATS: { readonly [F in Format]: About } = {
  geotiff: { of: ['heat'], crs: 'EPSG:4326', extension: 'tif', mediaType: 'image/tiff' },
  geojson: {
    of: SUBJECTS,
    crs: 'EPSG:4326',
    extension: 'geojson',
    mediaType: 'application/geo+json',
    isWgs84Only: true,
  },
}
