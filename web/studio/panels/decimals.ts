const MOST = 8

/** As few decimals as write the limits to a hundredth of what lies between them: 0.015 and 0.03 take three. */
export function decimalsOf(limits: readonly number[]): number {
  const gaps = limits.map((limit, i) => limit - (limits[i - 1] ?? 0)).filter(gap => gap > 0)
  const tolerance = Math.min(...gaps) / 100
  for (let places = 0; places < MOST; places++)
    if (limits.every(limit => Math.abs(Number(limit.toFixed(places)) - limit) <= tolerance)) return places
  return MOST
}
