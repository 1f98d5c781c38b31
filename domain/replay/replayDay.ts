import type { Bbox } from '../geo/bbox.ts'
import type { Fact } from '../incident/facts.ts'
import type { Policy } from '../sla/policy.ts'
import type { DutySpan } from '../worker/duty.ts'

/**
 * Everything that a viewer may know of the incidents and people of one stretch of time, as the log's `head` tells it: enough
 * to say how any instant in [from, to] was, without asking again. Instants are epoch ms.
 */
export type ReplayDay = {
  readonly head: number
  readonly from: number
  readonly to: number // not later than the server's now
  readonly since: number // what began from here on is told too, for what looks back from `from`
  readonly firstDay: string | null // local day of the earliest incident of these areas: there is nothing to replay before it
  readonly bounds: Bbox | null // heat leaves out what lies beyond it
  readonly placeLat: number | null // the latitude of the whole place, which decides how fine heat is counted; null without boundaries
  readonly scope: readonly string[] // the viewer's areas
  readonly policies: readonly Policy[]
  readonly areaNames: { readonly [code: string]: string } // of the deepest areas that incidents were placed in
  readonly people: { readonly [worker: string]: string } // names of those who were ever on one of the incidents
  readonly workers: readonly ReplayWorker[]
  readonly incidents: readonly ReplayIncident[]
}
export type ReplayIncident = {
  readonly id: string
  readonly title: string
  readonly hiddenFrom: number | null // from here on it lies outside the viewer's areas, and nothing is told of it
  readonly reasons: { readonly [position: string]: string } // why it was paused, by the fact's position
  readonly facts: readonly Fact[] // in position order, without who did it
}
export type ReplayWorker = {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly area: string | null
  readonly duty: readonly DutySpan[]
}
