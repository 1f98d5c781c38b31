const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/

/** Epoch ms of an ISO 8601 instant with offset (`2026-03-02T10:00:00.000Z`), cut to ms; null for anything else. */
export const parseInstant = (text: string): number | null => {
  if (!ISO.test(text)) return null
  const at = Date.parse(text)
  // Date.parse rolls 30 February over into March; a day that the calendar lacks is refused instead.
  const [day, month] = [Number(text.slice(8, 10)), Number(text.slice(5, 7))]
  const isReal = new Date(Date.UTC(Number(text.slice(0, 4)), month - 1, day)).getUTCDate() === day
  return Number.isNaN(at) || !isReal ? null : at
}

/** The same from an address, where a plus means a space: one before the offset is the plus that somebody typed. */
export const instantInAddress = (text: string): number | null => parseInstant(text.replace(/ (?=\d{2}:?\d{2}$)/, '+'))
