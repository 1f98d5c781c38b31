/** The coordinate systems in which files leave: few, each with its definition here, so that none is looked up anywhere. */
export type CoordinateSystem = {
  readonly code: number // EPSG
  readonly name: string
  readonly datum: 'WGS 84' | 'CGCS2000'
  readonly unit: 'degree' | 'metre'
  /** Null: longitude and latitude as they are. */
  readonly projection: null | { readonly kind: 'webMercator' } | TransverseMercator
}
export type TransverseMercator = {
  readonly kind: 'transverseMercator'
  readonly centralMeridian: number
  readonly scale: number
  readonly falseEastingM: number
  readonly falseNorthingM: number
}

/** EPSG:4534…4554: CGCS2000, 3-degree Gauss-Kruger by central meridian from 75° E to 135° E, no zone number in the easting. */
const FIRST_GAUSS_KRUGER = 4534
const FIRST_MERIDIAN = 75
const LAST_MERIDIAN = 135

export function coordinateSystem(code: number): CoordinateSystem | null {
  if (code === 4326) return { code, name: 'WGS 84', datum: 'WGS 84', unit: 'degree', projection: null }
  if (code === 4490)
    return {
      code,
      name: 'China Geodetic Coordinate System 2000',
      datum: 'CGCS2000',
      unit: 'degree',
      projection: null,
    }
  if (code === 3857)
    return {
      code,
      name: 'WGS 84 / Pseudo-Mercator',
      datum: 'WGS 84',
      unit: 'metre',
      projection: { kind: 'webMercator' },
    }
  const meridian = FIRST_MERIDIAN + 3 * (code - FIRST_GAUSS_KRUGER)
  if (meridian >= FIRST_MERIDIAN && meridian <= LAST_MERIDIAN)
    return {
      code,
      name: `CGCS2000 / 3-degree Gauss-Kruger CM ${meridian}E`,
      datum: 'CGCS2000',
      unit: 'metre',
      projection: transverseMercator(meridian, 1, 0),
    }
  const [base, zone] = [Math.floor(code / 100) * 100, code % 100]
  if ((base === 32_600 || base === 32_700) && zone >= 1 && zone <= 60)
    return {
      code,
      name: `WGS 84 / UTM zone ${zone}${base === 32_600 ? 'N' : 'S'}`,
      datum: 'WGS 84',
      unit: 'metre',
      projection: transverseMercator(6 * zone - 183, 0.9996, base === 32_600 ? 0 : 10_000_000),
    }
  return null
}

/** The CGCS2000 3-degree zone that a place of China lies in; null where the zones do not reach. */
export function gaussKrugerAt(lng: number): number | null {
  const meridian = 3 * Math.round(lng / 3)
  const isCovered = meridian >= FIRST_MERIDIAN && meridian <= LAST_MERIDIAN
  return isCovered ? FIRST_GAUSS_KRUGER + (meridian - FIRST_MERIDIAN) / 3 : null
}

export function utmAt(lng: number, lat: number): number {
  const zone = Math.min(60, Math.max(1, Math.floor(lng / 6) + 31))
  return (lat < 0 ? 32_700 : 32_600) + zone
}

function transverseMercator(centralMeridian: number, scale: number, falseNorthingM: number): TransverseMercator {
  return { kind: 'transverseMercator', centralMeridian, scale, falseEastingM: 500_000, falseNorthingM }
}
