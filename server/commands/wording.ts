import type { IncidentRequest } from './types.ts'

type Field = 'title' | 'description' | 'reason' | 'result' | 'comment'
export type WordingFault = 'textTooLong' | 'controlCharacter'

/** In characters as JavaScript counts them. */
const MOST: { readonly [field in Field]: number } = {
  title: 200,
  reason: 500,
  description: 4000,
  result: 4000,
  comment: 4000,
}
/** What may have paragraphs. */
const LONG: readonly Field[] = ['description', 'result', 'comment']
/** They turn the line round, hide words or break the line: nobody types them. */
const CONTROL = /[\p{Cc}\p{Cf}]/u
const BREAKS = /\r\n|[\n\r\t]/g
/** The joiner between the parts of one picture, such as a family, is part of it. */
const JOINED = /(?<=\p{Extended_Pictographic}\uFE0F?|[\u{1F3FB}-\u{1F3FF}])\u200D(?=\p{Extended_Pictographic})/gu
/** What leaves nothing to see, though it is no white space: fillers, variation selectors, the empty Braille cell. */
const UNSEEN = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** What people wrote, trimmed; empty where there is nothing to see. Or what is wrong with it. */
export function worded(field: Field, text: string): { readonly text: string } | WordingFault {
  if (text.length > MOST[field]) return 'textTooLong'
  const trimmed = text.trim()
  const line = (LONG.includes(field) ? trimmed.replaceAll(BREAKS, ' ') : trimmed).replaceAll(JOINED, '')
  if (CONTROL.test(line)) return 'controlCharacter'
  return { text: line.replaceAll(UNSEEN, '') === '' ? '' : trimmed }
}

/** The request with its texts as they are kept. */
export function wordedRequest(request: IncidentRequest): IncidentRequest | WordingFault {
  let kept = request
  for (const field of Object.keys(MOST) as Field[]) {
    const said = request[field]
    if (said === undefined) continue
    const found = worded(field, said)
    if (typeof found === 'string') return found
    kept = { ...kept, [field]: found.text }
  }
  return kept
}
