import type { LngLat } from '../incident/facts.ts'

export const DATUMS = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const
export type Datum = (typeof DATUMS)[number]

/**
 * A place of another datum as WGS 84 degrees. `cgcs2000` is WGS 84 to well under a metre and passes unchanged. `gcj02` and `bd09`
 * have no published inverse: the forward formula is inverted by iteration to better than 0.1 m, which is about 1,000 times finer
 * than the 100–700 m by which they shift.
 */
export function toWgs84(place: LngLat, datum: Datum): LngLat {
  const { lng, lat } = place
  switch (datum) {
    case 'wgs84':
    case 'cgcs2000':
      return { lng, lat }
    case 'gcj02':
    case 'bd09':
      return inverse(place, datum)
    default:
      throw new RangeError(`unknown datum ${JSON.stringify(datum satisfies never)}: one of ${DATUMS.join(', ')}`)
  }
}

/** WGS 84 degrees as another datum writes them. */
export function fromWgs84(place: LngLat, datum: Datum): LngLat {
  const { lng, lat } = place
  switch (datum) {
    case 'wgs84':
    case 'cgcs2000':
      return { lng, lat }
    case 'gcj02':
      return gcj02(place)
    case 'bd09':
      return bd09(gcj02(place))
    default:
      throw new RangeError(`unknown datum ${JSON.stringify(datum satisfies never)}: one of ${DATUMS.join(', ')}`)
  }
}

function inverse(target: LngLat, datum: 'gcj02' | 'bd09'): LngLat {
  let lng = target.lng
  let lat = target.lat
  // The shift changes by about 1 mm per metre walked, so every round gains two to three digits; ten are never needed.
  for (let round = 0; round < 10; round++) {
    const reached = fromWgs84({ lng, lat }, datum)
    const missLng = target.lng - reached.lng
    const missLat = target.lat - reached.lat
    lng += missLng
    lat += missLat
    if (Math.abs(missLng) < 1e-9 && Math.abs(missLat) < 1e-9) break
  }
  return { lng, lat }
}

/** The usual public formula (Krasovsky 1940). It shifts only inside the box that every implementation uses for China. */
function gcj02({ lng, lat }: LngLat): LngLat {
  if (lng < 72.004 || lng > 137.8347 || lat < 0.8293 || lat > 55.8271) return { lng, lat }
  const x = lng - 105
  const y = lat - 35
  const waves = (20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * (2 / 3)
  const shiftLat =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    waves +
    (20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * (2 / 3) +
    (160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * (2 / 3)
  const shiftLng =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    waves +
    (20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * (2 / 3) +
    (150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * (2 / 3)
  const semiMajor = 6_378_245
  const eccentricity2 = 0.006693421622965943
  const phi = (lat * Math.PI) / 180
  const magic = 1 - eccentricity2 * Math.sin(phi) ** 2
  const perLat = ((semiMajor * (1 - eccentricity2)) / magic ** 1.5) * Math.PI
  const perLng = (semiMajor / Math.sqrt(magic)) * Math.cos(phi) * Math.PI
  return { lng: lng + (shiftLng * 180) / perLng, lat: lat + (shiftLat * 180) / perLat }
}

/** Baidu's second shift, on top of gcj02. */
function bd09({ lng, lat }: LngLat): LngLat {
  const turn = (Math.PI * 3000) / 180
  const radius = Math.sqrt(lng * lng + lat * lat) + 0.00002 * Math.sin(lat * turn)
  const angle = Math.atan2(lat, lng) + 0.000003 * Math.cos(lng * turn)
  return { lng: radius * Math.cos(angle) + 0.0065, lat: radius * Math.sin(angle) + 0.006 }
}
