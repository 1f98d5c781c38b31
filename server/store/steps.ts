/**
 * What the store does to its database, as data: a generator yields steps and is answered with rows. SQLite runs it in one
 * go, synchronously, as its transactions must be; PostgreSQL awaits each step. So every statement is written once.
 *
 * Statements use `?` for a parameter and `= any(?)` for a list; each engine translates. Rows are arrays.
 */
export type Value = null | number | string
export type Parameter = Value | readonly string[] | readonly number[]
export type Row = readonly Value[]

export type Step =
  | { readonly kind: 'query'; readonly sql: string; readonly parameters: readonly Parameter[] }
  /** `head` values `rows` `tail`: many rows at once. Answered with what the tail returns. */
  | { readonly kind: 'rows'; readonly head: string; readonly tail: string; readonly rows: readonly Row[] }
export type Steps<T> = Generator<Step, T, readonly Row[]>

export function* query(sql: string, ...parameters: Parameter[]): Steps<readonly Row[]> {
  return yield { kind: 'query', sql, parameters }
}

export function* insert(head: string, tail: string, rows: readonly Row[]): Steps<readonly Row[]> {
  if (rows.length === 0) return []
  return yield { kind: 'rows', head, tail, rows }
}

/** Asks the same of many rows at once: `given` are their columns, which the statement reads from the table of that name. */
export function* queryOfEach(given: string, sql: string, rows: readonly Row[]): Steps<readonly Row[]> {
  if (rows.length === 0) return []
  return yield { kind: 'rows', head: `with given (${given}) as (values`, tail: `) ${sql}`, rows }
}

/** A consistent read: every step through it sees the same instant of the store. */
export interface Reader {
  run<T>(steps: Steps<T>): Promise<T>
  close(): Promise<void>
}

/** A database: `transaction` writes whole or not at all and returns once the disk has it. */
export interface Engine {
  transaction<T>(steps: () => Steps<T>): Promise<T>
  /** Reads outside any snapshot. */
  read<T>(steps: Steps<T>): Promise<T>
  openReader(): Promise<Reader>
  close(): Promise<void>
}

/** The database was held, lost or full: nothing was done, and whose turn it was had no part in it. */
export class Unavailable extends Error {}

/** The commit itself failed: whether it was done is not known, so nobody may try again on their own. */
export class CommitFailed extends Error {}
