/** Plays planned commands through the real rules: what the street would look like. For tests and tuning. */
import type { IncidentCommand } from '#domain/incident/command.ts'
import { decide } from '#domain/incident/decide.ts'
import type { Fact, NewFact } from '#domain/incident/facts.ts'
import { fold } from '#domain/incident/fold.ts'
import type { Incident } from '#domain/incident/incident.ts'
import type { PlannedFact, SimCommand } from './port.ts'

export type Played = { readonly facts: ReadonlyMap<string, readonly Fact[]>; readonly refused: readonly string[] }

export function play(planned: readonly PlannedFact[], autoConfirms: (category: string) => boolean): Played {
  const facts = new Map<string, Fact[]>()
  const refused: string[] = []
  let position = 0
  for (const item of planned) {
    if (item.kind !== 'command') continue
    const { command } = item
    const own = facts.get(command.incident) ?? []
    const before = fold(command.incident, own)
    const target = facts.get(command.into ?? '')
    const into = target === undefined ? null : fold(command.into ?? '', target)
    const decision = decide(before, toDomain(command, before, autoConfirms, into))
    if (!decision.ok) {
      refused.push(`${command.verb} ${command.incident}: ${decision.rule}`)
      continue
    }
    for (const fact of decision.facts) own.push(recorded(fact, ++position, command.actor))
    facts.set(command.incident, own)
  }
  return { facts, refused }
}

const recorded = (fact: NewFact, position: number, actor: string): Fact => ({
  ...fact,
  eventId: `event-${position}`,
  position,
  recordedAt: fact.at,
  actor,
})

function toDomain(
  command: SimCommand,
  before: Incident | null,
  autoConfirms: (category: string) => boolean,
  into: { readonly id: string; readonly firstAt: number; readonly status: string } | null,
): IncidentCommand {
  const opening = {
    number: command.incident,
    category: command.category ?? '',
    source: command.source ?? '',
    tier: null,
    policy: null,
    place: command.place ?? null,
    path: [],
    ...(command.occurredAt === undefined ? {} : { occurredAt: command.occurredAt }),
  }
  const { verb, at } = command
  const texts = { texts: { reason: command.reason ?? '' } }
  const hasBreach = before !== null && at - before.firstAt > 55_000 // a signal's first limit is a minute
  const rest = { hasBreach, byLeader: command.actor === 'leader', ...texts }
  const given = {
    signal: { opening, autoConfirm: verb === 'signal' && autoConfirms(opening.category) },
    report: { opening: before === null ? opening : {} },
    merge: { into, ...rest, hasBreach: false },
    void: rest,
    rate: { score: command.score ?? 0 },
  }
  const data = verb in given ? given[verb as keyof typeof given] : { assignee: command.assignee, ...texts }
  return { verb, at, ...data } as IncidentCommand
}
