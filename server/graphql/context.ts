import type { Viewer } from '../access/viewer.ts'
import type { App } from '../app.ts'
import type { IncidentCommands } from '../commands/types.ts'
import type { Live } from '../live/live.ts'
import type { PositionService } from '../positions/types.ts'
import type { Reading } from './reading.ts'
import type { Language } from './refusal.ts'

export type GraphqlDeps = {
  readonly app: App
  readonly commands: IncidentCommands
  readonly positions: PositionService
  readonly live: Live
  /** Of an Authorization header (or the socket's parameter); null: no token, or not a valid one. */
  viewerOf(authorization: string | null): Promise<Viewer | null>
}

/** What every resolver is given. `authorization` stays at hand so that a subscription can ask again whether it holds. */
export type Context = {
  readonly deps: GraphqlDeps
  readonly reading: Reading
  readonly language: Language
  readonly authorization: string | null
}
