import type { CommandRow, LogHead } from './appendPlan.ts'
import { query, type Steps } from './steps.ts'
import { commands } from './tables.ts'

export function* readHead(): Steps<LogHead> {
  const [row] = yield* query('select position, hash, recorded_at from log_head where id = 1')
  if (!row) throw new Error('The store has lost its log head.')
  return { position: row[0] as number, hash: row[1] as string, recordedAt: row[2] as number }
}

/** Of these commands those that were done. */
export function* doneCommands(ids: readonly string[]): Steps<CommandRow[]> {
  if (ids.length === 0) return []
  return (yield* query(`select ${commands.list} from commands where id = any(?)`, ids)).map(commands.decode)
}
