import { hash } from 'node:crypto'
import type { TextField, Texts } from '#domain/incident/facts.ts'
import type { App } from '../app.ts'
import type { PersonalValue } from '../store/eventStore.ts'

/** What people wrote is kept apart from the log; the fact holds only this digest of it. */
export function digestOf(salt: string, value: string): string {
  return hash('sha256', salt + value)
}

export type Written = { readonly [field in TextField]?: string | undefined }

/** Takes the texts out of a fact: digests for the log, values for `personal` under (subject, `<eventId>.<field>`). */
export function setApart(
  app: App,
  subject: string,
  eventId: string,
  written: Written,
): { texts: Texts; personal: PersonalValue[] } {
  const texts: { [field in TextField]?: string } = {}
  const personal: PersonalValue[] = []
  for (const [field, value] of Object.entries(written) as [TextField, string | undefined][]) {
    if (value === undefined || value === '') continue
    const salt = app.random.hex(16)
    texts[field] = digestOf(salt, value)
    personal.push({ subject, field: `${eventId}.${field}`, value, salt })
  }
  return { texts, personal }
}
