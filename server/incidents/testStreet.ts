/** A generated street: incidents whose facts come in any order and at any time, in a store of their own. For tests. */
import type { Fact, FactType, NewFact } from '#domain/incident/facts.ts'
import { fold } from '#domain/incident/fold.ts'
import { breachFacts } from '#domain/sla/breaches.ts'
import { referenceCache } from '../reference.ts'
import { MINUTE, samplePolicy, T0 } from '../store/contractSamples.ts'
import type { Append } from '../store/eventStore.ts'
import { newEvent } from '../store/incidentEvents.ts'
import { openStore } from '../store/openStore.ts'

export async function generatedStreet(seed: number) {
  const store = await openStore(':memory:')
  await store.reference.putPolicies([samplePolicy, { ...samplePolicy, id: 'day', clocks: DAY }])
  const random = seeded(seed)
  for (let no = 0; no < 120; no++) await store.append(story(no, random))
  return { store, reference: await referenceCache(store, () => 0)(), snapshot: await store.snapshot() }
}

const TYPES: readonly FactType[] = [
  ...([
    'dispatched',
    'accepted',
    'withdrawn',
    'arrived',
    'paused',
    'resumed',
    'resolved',
    'reopened',
    'closed',
  ] as const),
  ...(['voided', 'restored', 'classified', 'rated'] as const),
]
const PATHS = [['310115', '310115005'], ['310115', '310115006', '310115006001'], ['310115']]
const DAY = {
  respond: { from: 'reported', to: 'responded', target: 'PT2M', pausable: true },
  inspect: { from: 'dispatched', to: 'resolved', target: 'endOfLocalDay' },
} as const

/** Facts in any order and at any time, some told late, some by a clock that is ahead, with the breaches that they bring. */
function story(no: number, random: (below: number) => number): Append {
  const id = `i${no}`
  const opening = {
    number: `S-${no}`,
    category: ['water', 'street'][random(2)] ?? '',
    source: ['hotline', 'app'][random(2)] ?? '',
    tier: ([null, 'minor', 'major'] as const)[random(3)] ?? null,
    place: null,
    path: PATHS[random(3)] ?? [],
    policy: [{ id: '1-5-15', version: 1 }, { id: 'day', version: 1 }, null][random(3)] ?? null,
    ...(random(2) === 0 ? { occurredAt: T0 - random(5 * MINUTE) } : {}),
  }
  const facts: Fact[] = []
  let recordedAt = T0
  const tell = (fact: NewFact) => {
    const position = facts.length + 1
    facts.push({ ...fact, eventId: `${id}/${position}`, position, recordedAt, actor: 'token:t' } as Fact)
  }
  tell({ type: random(4) === 0 ? 'signalled' : 'reported', at: T0 + random(10 * MINUTE), data: opening })
  for (let left = random(9); left > 0; left--) {
    recordedAt = T0 + 40 * MINUTE
    const data = { assignee: `w${random(3)}`, score: 1 + random(5), path: PATHS[random(3)] }
    const type = TYPES[random(TYPES.length)] ?? 'closed'
    tell({ type, at: T0 + random(40) * MINUTE, data: pick(data, type) } as NewFact)
    const incident = random(2) === 0 ? fold(id, facts) : null
    const policy = incident?.policy?.id === 'day' ? { ...samplePolicy, id: 'day', clocks: DAY } : samplePolicy
    if (incident?.policy) for (const breach of breachFacts(incident, policy, T0 + 40 * MINUTE)) tell(breach)
  }
  const events = facts.map(fact => newEvent(fact, fact.eventId, fact.actor))
  const streams = [{ stream: `incident:${id}` as const, expected: 'none' as const, events }]
  return { command: null, recordedAt, streams, personal: [] }
}

function pick(data: { assignee: string; score: number; path: unknown }, type: FactType): object {
  if (type === 'classified') return { path: data.path }
  if (type === 'rated') return { score: data.score }
  return ['dispatched', 'accepted', 'withdrawn', 'arrived', 'resolved'].includes(type)
    ? { assignee: data.assignee }
    : {}
}

function seeded(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}
