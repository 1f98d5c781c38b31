/** A wall's frame, asked for by the page's first code: nothing of its map can begin before it. */
import type { Api } from './client.ts'
import { frameText } from './frameText.ts'
import { WallFrameDocument, type WallFrameQuery } from './generated.ts'
import { takeToken } from './token.ts'

type Ahead = { answer: WallFrameQuery | null; readonly whenDone: Promise<void> }
let ahead: Ahead | null = null

export function askFrameAhead(): void {
  const token = takeToken()
  if (token === null) return
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const asked: Ahead = {
    answer: null,
    whenDone: fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query: frameText }) })
      .then(response => response.json())
      .then(({ data, errors }: { data?: WallFrameQuery; errors?: unknown }) => {
        if (!errors && data) asked.answer = data
      })
      .catch(() => {}), // What is wrong shows when it is asked for in earnest.
  }
  ahead = asked
}

/** The answer that is here already, once. Null: it is to be asked for. */
export function frameAhead(): WallFrameQuery | null {
  const { answer } = ahead ?? { answer: null }
  if (answer !== null) ahead = null
  return answer
}

/** The first who asks gets what was asked for ahead. */
export async function askFrame(api: Api): Promise<WallFrameQuery> {
  const asked = ahead
  ahead = null
  await asked?.whenDone
  return asked?.answer ?? api.ask(WallFrameDocument, {})
}
