import { mayRead } from '../access/may.ts'
import type { Tokens } from '../access/tokens.ts'
import { bearer, plain } from './router.ts'

/** The refusal for whoever may not read; null: they may. */
export async function readersOnly(request: Request, tokens: Tokens): Promise<Response | null> {
  const token = bearer(request)
  const viewer = token === null ? null : await tokens.viewer(token)
  if (viewer === null) return plain(401, 'a token is missing or not in force')
  return mayRead(viewer) ? null : plain(403, 'your role may not read this')
}
