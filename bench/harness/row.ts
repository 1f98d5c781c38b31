/** One line of the table: what was measured, beside what, and what it should reach. */
export type Line = {
  readonly what: string
  readonly gridwatch: string
  readonly peer: string
  readonly ratio: string
  readonly reach: string
  readonly holds: boolean
}

/** `minutes`: how long the rows run that are about lasting. `data`: the folder of real files that are not of this repository. */
export type Options = { readonly minutes: number; readonly data: string; readonly say: (line: string) => void }
export type Row = { readonly name: string; run(options: Options): Promise<readonly Line[]> }
