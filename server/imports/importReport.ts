import type { LngLat } from '#domain/incident/facts.ts'

/** What an import tells when it is done. `told` are the things that a person should know, one sentence each. */
export type RefusedRow = {
  readonly line: number
  readonly field: string
  readonly value: string
  readonly reason: string
}
export type ImportReport = {
  readonly rows: number
  readonly taken: number // rows whose content is in the store now because of this run
  readonly replayed: number // rows that an earlier run had brought
  readonly refused: readonly RefusedRow[]
  readonly incidents: number // incidents among the rows taken
  readonly inNoArea?: InNoArea // of those, where the file is one of incidents
  readonly created: { readonly areas: number; readonly categories: number; readonly workers: number }
  readonly told: readonly string[]
}
export type InNoArea = {
  readonly incidents: number
  readonly withoutPlace: number // of them
  /** The first in the file, of those that have a place if any has; `place` in WGS 84. */
  readonly first: { readonly number: string; readonly line: number; readonly place: LngLat | null } | null
}
export type ImportOptions = {
  readonly timezone?: string
  readonly datum?: string
  readonly dryRun?: boolean
  readonly anotherStore?: string // the URL to name where this store cannot be taken
  /** In bytes; `total` counts the file as often as it is read. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void
}

/** The file, the mapping or the store can't be used at all: nothing was done (exit 2). Its message is for a person. */
export class UnusableInput extends Error {}
