import { Unavailable } from './steps.ts'

/** A store that cannot be opened at all, because of its URL or of what lies there; the message says why. */
export class CannotOpen extends Error {}

const SQLITE: { readonly [code: string]: string } = {
  NOTADB: 'the file is no SQLite database',
  CORRUPT: 'the file is damaged',
  CANTOPEN: 'the file cannot be opened',
  READONLY: 'the file may not be written',
  BUSY: 'another process has held the file for too long',
  FULL: 'the disk is full',
  IOERR: 'the disk does not answer',
}
/** What the file system says of a folder that cannot be made, and what a PostgreSQL server says of a login. */
const OF_THE_URL = /^(E(ACCES|PERM|NOTDIR|EXIST|ROFS|ISDIR|NOENT)|ERR_INVALID_URL|28...|3D000|42501)$/

/** The same error where the URL has nothing to do with it. */
export function cannotOpen(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  const ofSqlite = code.startsWith('SQLITE_') ? SQLITE[code.split('_')[1] ?? ''] : undefined
  if (ofSqlite !== undefined) return new CannotOpen(ofSqlite, { cause: error })
  if (error instanceof Unavailable || OF_THE_URL.test(code)) return new CannotOpen(error.message, { cause: error })
  return error
}
