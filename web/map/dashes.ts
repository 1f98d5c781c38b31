type Place = readonly [lng: number, lat: number]

/** A dashed straight line, as its dashes: each about `dashM` metres long, as far from the next. */
export function dashes(from: Place, to: Place, dashM: number): [number, number][][] {
  const perLat = 111_320
  const perLng = perLat * Math.cos((from[1] * Math.PI) / 180)
  const lengthM = Math.hypot((to[0] - from[0]) * perLng, (to[1] - from[1]) * perLat)
  // Far out a dash could ask for thousands that nobody can tell apart.
  const count = Math.min(100, Math.max(1, Math.round(lengthM / (2 * Math.max(dashM, 0.1)))))
  const at = (share: number): [number, number] => [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
  ]
  return Array.from({ length: count }, (_, i) => [at((2 * i + 0.5) / (2 * count)), at((2 * i + 1.5) / (2 * count))])
}
