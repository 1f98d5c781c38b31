import type { Viewer } from '../access/viewer.ts'
import type { App } from '../app.ts'
import type { IncidentNumbers } from './numbers.ts'
import type { IncidentRequest } from './types.ts'

/** One command under way, tried again when somebody else changed the incident first. */
export type Attempt = {
  readonly app: App
  readonly viewer: Viewer
  readonly request: IncidentRequest
  readonly hash: string
  readonly now: number
  readonly at: number
  readonly originalAt: number | undefined
  readonly skewMs: number // by which `at` was moved, and every other instant that the client says is
  readonly numbers: IncidentNumbers
}
