/** Can its texts be stored? Half a character has no UTF-8, and PostgreSQL takes no character 0. */
export function isStorable(request: object): boolean {
  return Object.values(request).every(
    value => typeof value !== 'string' || (value.isWellFormed() && !value.includes('\u0000')),
  )
}
