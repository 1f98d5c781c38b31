/** Points every `spacingM` metres of the straight line, for a dotted way; the ends stay free for the marks there. */
export function routeDots(
  from: readonly [number, number],
  to: readonly [number, number],
  spacingM: number,
): [number, number][] {
  const perLat = 111_320
  const perLng = perLat * Math.cos((from[1] * Math.PI) / 180)
  const lengthM = Math.hypot((to[0] - from[0]) * perLng, (to[1] - from[1]) * perLat)
  // Far out the spacing could ask for thousands of dots that nobody can tell apart.
  const count = Math.min(200, Math.floor(lengthM / Math.max(spacingM, 0.1)))
  const dots: [number, number][] = []
  for (let i = 1; i < count; i++) {
    const share = i / count
    dots.push([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share])
  }
  return dots
}
