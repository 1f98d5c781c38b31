/** A row of a table of figures, as the address names it: an area by its code, others by what they are grouped by, `CATEGORY=fire`. */
export type Group = { readonly by: 'AREA' | 'CATEGORY' | 'HOUR'; readonly key: string }

export function groupOf(text: string): Group {
  const [, by, key] = /^(CATEGORY|HOUR)=(.+)$/.exec(text) ?? []
  return key === undefined ? { by: 'AREA', key: text } : { by: by === 'HOUR' ? 'HOUR' : 'CATEGORY', key }
}

export function groupText({ by, key }: Group): string {
  return by === 'AREA' ? key : `${by}=${key}`
}
