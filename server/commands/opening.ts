import type { IncidentCommand } from '#domain/incident/command.ts'
import type { Opening, PolicyRef, Texts } from '#domain/incident/facts.ts'
import { openingMode } from '#domain/incident/fold.ts'
import { TOLERATED_MS } from '#domain/incident/honestTime.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { choosePolicy, type PolicySubject } from '#domain/sla/choosePolicy.ts'
import type { ReferenceData } from '../app.ts'
import type { Attempt } from './attempt.ts'
import { failure } from './failure.ts'
import type { CommandFailure } from './types.ts'

type Wrote = { readonly texts?: Texts }

/** `signal`, `report` (a new one, or what confirms a signal) and `classify`: what places an incident and chooses its policy. */
export async function openingOf(
  attempt: Attempt,
  reference: ReferenceData,
  incident: Incident | null,
  wrote: Wrote,
): Promise<IncidentCommand | CommandFailure> {
  const { request, at, originalAt } = attempt
  const base = { at, ...(originalAt === undefined ? {} : { originalAt }) }
  const fault = faultOf(attempt, reference)
  if (fault !== null) return fault
  const placement = placed(attempt, reference)
  if (placement !== null && 'code' in placement) return placement
  const { category, source, tier } = request
  const occurredAt =
    request.occurredAt === undefined ? undefined : Math.min(attempt.now, request.occurredAt + attempt.skewMs)
  const said = {
    ...(category === undefined ? {} : { category }),
    ...(tier === undefined ? {} : { tier }),
    ...(placement ?? {}),
  }
  if (incident !== null) {
    const policy =
      Object.keys(said).length === 0
        ? {}
        : {
            policy: chosen(reference, { ...incident, ...said, at: incident.firstAt, mode: openingMode(incident) }),
          }
    if (request.verb === 'classify') return { verb: 'classify', ...base, correction: { ...said, ...policy } }
    const confirmation = {
      ...said,
      ...policy,
      ...(source === undefined ? {} : { source }),
      ...(occurredAt === undefined ? {} : { occurredAt }),
    }
    return { verb: 'report', ...base, opening: { ...confirmation, ...wrote } }
  }
  if (request.verb === 'classify') return failure('NOT_FOUND', 'noIncident')
  if (category === undefined) return failure('BAD_INPUT', 'needsCategory')
  if (placement === null) return failure('BAD_INPUT', 'needsPlace')
  const subject = { category, tier: tier ?? null, path: placement.path }
  const mode = reference.settings.mode === 'surge' ? 'surge' : 'peacetime'
  const opening: Opening = {
    number: await attempt.numbers.next(at, reference.timezone),
    ...subject,
    place: placement.place,
    source: source ?? defaultSource(attempt),
    policy: chosen(reference, { ...subject, at, mode }),
    mode,
    ...(occurredAt === undefined ? {} : { occurredAt }),
    ...wrote,
  }
  if (request.verb === 'report') return { verb: 'report', ...base, opening }
  return { verb: 'signal', ...base, opening, autoConfirm: reference.categories.get(category)?.autoConfirm ?? false }
}

/** What happened longer ago comes in by an import. */
const LONGEST_AGO_MS = 30 * 86_400_000

function faultOf({ request, at, now, skewMs }: Attempt, reference: ReferenceData): CommandFailure | null {
  const { category, area, place } = request
  // Later than `at` it is unknown to the clocks (SLA.md rule 2) and no fault; later than now it cannot be.
  const agoMs = request.occurredAt === undefined ? 0 : now - (request.occurredAt + skewMs)
  if (agoMs < -TOLERATED_MS) return failure('BAD_INPUT', 'occurredInFuture')
  if (agoMs > LONGEST_AGO_MS) return failure('BAD_INPUT', 'occurredTooLongAgo')
  if (category !== undefined && !reference.categories.has(category)) return failure('NOT_FOUND', 'noCategory')
  if (area !== undefined && reference.areas.area(area, at) === null) return failure('NOT_FOUND', 'noArea')
  if (place !== undefined && !(Math.abs(place.lng) <= 180 && Math.abs(place.lat) <= 90))
    return failure('BAD_INPUT', 'badPlace')
  return null
}

/** The point decides where there is geometry; an area is taken by its word. Null: neither was said. */
function placed(
  { request, at }: Attempt,
  reference: ReferenceData,
): { place: Opening['place']; path: string[] } | CommandFailure | null {
  const { place, area } = request
  if (place === undefined && area === undefined) return null
  const located = place === undefined ? [] : reference.areas.locate(place, at)
  const named = area === undefined ? [] : reference.areas.path(area, at)
  // Where anything on the way to the named area has a boundary, a point outside of it is somebody's slip.
  const isBounded = named.some(code => reference.areas.area(code, at)?.geometry != null)
  const isAstray = place !== undefined && located.length === 0 && isBounded
  const path = located.length > 0 ? located : isAstray ? [] : named
  if (path.length === 0) return failure('BAD_INPUT', 'outsideAreas')
  return { place: place ?? null, path }
}

function chosen({ policies }: ReferenceData, subject: PolicySubject): PolicyRef | null {
  const policy = choosePolicy(policies, subject)
  return policy === null ? null : { id: policy.id, version: policy.version }
}

function defaultSource({ viewer }: Attempt): string {
  if (viewer.role === 'worker' || viewer.role === 'section') return 'patrol'
  if (viewer.role === 'device') return 'sensor'
  return viewer.role === 'reporter' ? 'resident' : 'desk'
}
