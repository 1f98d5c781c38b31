import { parseInstant } from '#domain/time/instant.ts'
import { parseLocal } from '#domain/time/localTime.ts'

/**
 * Reads a time as somebody's system writes it, in any of the formats, to epoch ms; null when none fits. Formats: `iso`
 * (an offset in the text counts, else the zone), `epochSeconds`, `epochMs`, or a pattern of `parseLocal`.
 */
export function dateReader(formats: readonly string[], zone: string): (text: string) => number | null {
  const readers = formats.map(format => readerOf(format, zone))
  return text => {
    for (const read of readers) {
      const at = read(text)
      if (at !== null) return at
    }
    return null
  }
}

function readerOf(format: string, zone: string): (text: string) => number | null {
  if (format === 'epochSeconds')
    return text => (/^-?\d{1,11}(\.\d+)?$/.test(text) ? Math.round(Number(text) * 1000) : null)
  if (format === 'epochMs') return text => (/^-?\d{1,14}$/.test(text) ? Number(text) : null)
  if (format === 'iso') return text => isoInstant(text, zone)
  return text => parseLocal(text, format, zone)
}

const WITHOUT_OFFSET = ['yyyy-MM-ddTHH:mm:ss', 'yyyy-MM-ddTHH:mm:ss.SSS', 'yyyy-MM-ddTHH:mm', 'yyyy-MM-dd']

function isoInstant(text: string, zone: string): number | null {
  // Databases write a space for the T, and some a space before the offset.
  const written = text.replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T').replace(/ (?=[+-]\d{2}:?\d{2}$|Z$)/, '')
  const at = parseInstant(written)
  if (at !== null) return at
  for (const format of WITHOUT_OFFSET) {
    const local = parseLocal(written, format, zone)
    if (local !== null) return local
  }
  return null
}
