/** What a wall is as a thing: how far its readers stand, how large its pixels are, where its screens meet. */
export type Profile = {
  readonly distanceM: number | null
  readonly pitchMm: number | null // of one pixel of the signal
  readonly k: number | null // as declared; null: worked out
  readonly seams: readonly number[] // shares of the width
}
type Query = { readonly [name: string]: unknown }

const THIRDS = [1 / 3, 2 / 3]

/** From the address: `?profile=` as JSON, or its parts by name, which win. What makes no sense is left out. */
export function readProfile(query: Query): Profile {
  const given = parsed(query['profile'])
  const number = (name: string) => positive(query[name]) ?? positive(given[name])
  const seams = given['seams']
  return {
    distanceM: number('distanceM'),
    pitchMm: number('pitchMm'),
    k: number('k'),
    seams: Array.isArray(seams) ? seams.filter(seam => typeof seam === 'number' && seam > 0 && seam < 1) : THIRDS,
  }
}

function parsed(text: unknown): Query {
  if (typeof text !== 'string') return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Query) : {}
  } catch {
    return {}
  }
}

function positive(value: unknown): number | null {
  const number = typeof value === 'number' || (typeof value === 'string' && value !== '') ? Number(value) : Number.NaN
  return Number.isFinite(number) && number > 0 ? number : null
}
