const DURATION = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
const UNIT_MS = [7 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000]

/**
 * Milliseconds of an ISO 8601 duration `P[nW][nD][T[nH][nM][nS]]`, whole numbers only; null for anything else, and for
 * what is too long to be counted exactly. A day is 24 h: years and months have no fixed length and are not accepted.
 */
export const parseDurationMs = (text: string): number | null => {
  const parts = DURATION.exec(text)
  if (!parts) return null
  const ms = UNIT_MS.reduce((sum, unitMs, i) => sum + Number(parts[i + 1] ?? 0) * unitMs, 0)
  return Number.isSafeInteger(ms) ? ms : null
}
