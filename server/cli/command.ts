import type { ParseArgsOptionsConfig } from 'node:util'
import { parseInstant } from '#domain/time/instant.ts'

/** Wrong arguments, configuration or an unreadable file: one line says what to type instead; exit 2, nothing done. */
export class UsageError extends Error {}

export type Values = { readonly [option: string]: string | boolean | undefined }
export type Io = {
  readonly env: { readonly [name: string]: string | undefined }
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  /** Where a progress bar goes; null when nobody watches a terminal. */
  readonly progress: ((text: string) => void) | null
}

export type Command = {
  readonly summary: string
  readonly usage: string
  readonly options: ParseArgsOptionsConfig
  /** Exit code: 0 done, 1 found something wrong, 3 import refused rows (2 is thrown as UsageError). */
  run(values: Values, positionals: readonly string[], io: Io): Promise<number>
}

export function text(values: Values, option: string): string | null {
  const value = values[option]
  return typeof value === 'string' && value !== '' ? value : null
}

export function required(values: Values, option: string): string {
  const value = text(values, option)
  if (value === null) throw new UsageError(`--${option} is missing`)
  return value
}

/** An instant with its offset, as epoch ms. */
export function instant(values: Values, option: string): number {
  const value = required(values, option)
  const at = parseInstant(value)
  if (at === null)
    throw new UsageError(`--${option} is "${value}", expected a time with its offset such as 2020-04-13T18:00:00-07:00`)
  return at
}
