/** Heights of 0…1 as a stepped line, one unit wide each, in a box one unit high. */
export function stepPath(heights: readonly number[]): string {
  const y = (height: number) => (1 - Math.max(0, Math.min(1, height))).toFixed(4)
  return heights.map((height, i) => `${i === 0 ? `M0 ${y(height)}` : `V${y(height)}`}H${i + 1}`).join('')
}
