import type { Fact, FactData, Mode, Opening } from './facts.ts'
import type { Incident, Status } from './incident.ts'

/**
 * The incident that its facts tell, taken in order of `at`, ties by position; null without a fact that opens it. Two
 * facts that were told out of order lead to the same incident as if they had been told in order.
 */
export const fold = (id: string, facts: readonly Fact[]): Incident | null => {
  const known = [...facts].sort((a, b) => a.position - b.position)
  const opening = known.map(openingOf).find(data => data !== null)
  if (!opening) return null
  const state: State = {
    placed: { ...opening },
    people: new Map(),
    acceptedBy: new Set(),
    isReported: false,
    isPaused: false,
    isResolved: false,
    isClosed: false,
    isVoided: false,
    mergedInto: null,
    firstAt: Number.POSITIVE_INFINITY,
    lastAt: Number.NEGATIVE_INFINITY,
  }
  for (const fact of known.toSorted((a, b) => a.at - b.at)) evolve(state, fact)
  const { placed } = state
  return {
    id,
    number: placed.number,
    status: statusOf(state),
    category: placed.category,
    source: placed.source,
    tier: placed.tier,
    place: placed.place,
    path: placed.path,
    policy: placed.policy,
    assignees: [...state.people.keys()],
    acceptedBy: [...state.acceptedBy],
    mergedInto: state.mergedInto,
    firstAt: state.firstAt,
    lastAt: state.lastAt,
    facts: known,
  }
}

/** As it stood at `at`, by what had been recorded by `knownAt` (epoch ms); null when there was nothing yet. */
export const incidentAsOf = (incident: Incident, at: number, knownAt: number): Incident | null => {
  const facts = incident.facts.filter(fact => fact.at <= at && fact.recordedAt <= knownAt)
  return facts.length === incident.facts.length ? incident : fold(incident.id, facts)
}

/** The mode of the place when the incident was opened: it is frozen with it. */
export const openingMode = ({ facts }: Incident): Mode =>
  facts.map(openingOf).find(data => data !== null)?.mode ?? 'peacetime'

/** 在办: signalled or reported, and not resolved, closed, merged or voided. */
export const isOpen = (status: Status): boolean => !['resolved', 'closed', 'merged', 'voided'].includes(status)

/** How far somebody has come; taking a task back takes all of it back. */
type Stage = 'dispatched' | 'accepted' | 'arrived'

type State = {
  placed: Opening
  readonly people: Map<string, Stage>
  readonly acceptedBy: Set<string>
  isReported: boolean
  isPaused: boolean
  isResolved: boolean
  isClosed: boolean
  isVoided: boolean
  mergedInto: string | null
  firstAt: number
  lastAt: number
}

const openingOf = (fact: Fact): Opening | null =>
  fact.type === 'signalled' || (fact.type === 'reported' && 'number' in fact.data) ? (fact.data as Opening) : null

const statusOf = (state: State): Status => {
  const stages = [...state.people.values()]
  if (state.isVoided) return 'voided'
  if (state.mergedInto !== null) return 'merged'
  if (state.isClosed) return 'closed'
  if (state.isResolved) return 'resolved'
  if (state.isPaused) return 'paused'
  if (stages.includes('arrived')) return 'arrived'
  if (stages.includes('accepted')) return 'accepted'
  if (stages.includes('dispatched')) return 'dispatched'
  return state.isReported ? 'reported' : 'signalled'
}

const evolve = (state: State, fact: Fact): void => {
  if (fact.type === 'clockBreached' || fact.type === 'clockBreachRetracted') return // they speak of clocks, not of it
  state.lastAt = Math.max(state.lastAt, fact.at)
  switch (fact.type) {
    case 'signalled':
      state.firstAt = Math.min(state.firstAt, fact.at)
      return
    case 'reported':
      state.firstAt = Math.min(state.firstAt, fact.at)
      state.isReported = true
      correct(state, fact.data)
      return
    case 'classified':
      correct(state, fact.data)
      return
    case 'dispatched':
      promote(state, fact.data.assignee, 'dispatched')
      return
    case 'redispatched':
      state.people.clear()
      promote(state, fact.data.assignee, 'dispatched')
      return
    case 'accepted':
      promote(state, fact.data.assignee, 'accepted')
      state.acceptedBy.add(fact.data.assignee)
      return
    case 'arrived':
      promote(state, fact.data.assignee, 'arrived')
      return
    case 'withdrawn':
    case 'returned':
      if (fact.data.assignee === undefined) state.people.clear()
      else state.people.delete(fact.data.assignee)
      return
    case 'paused':
      state.isPaused = !state.isResolved
      return
    case 'resumed':
      state.isPaused = false
      return
    case 'resolved':
      state.isResolved = true
      state.isPaused = false
      return
    case 'closed':
      state.isResolved = true
      state.isClosed = true
      state.isPaused = false
      return
    case 'reopened':
      // Without a resolution it takes nothing back, a pause included.
      state.isResolved = false
      state.isClosed = false
      return
    case 'voided':
      state.isVoided = true
      return
    case 'merged':
      state.mergedInto = fact.data.into
      return
    case 'restored':
      state.isVoided = false
      state.mergedInto = null
      return
    case 'registered':
    case 'verified':
    case 'rated':
    case 'reminded':
    case 'supervised':
    case 'escalated':
      return
    default:
      fact satisfies never
  }
}

/** A later dispatch of somebody who has accepted or arrived already takes nothing from him. */
const promote = (state: State, assignee: string, stage: Stage) => {
  const order: Stage[] = ['dispatched', 'accepted', 'arrived']
  const before = state.people.get(assignee)
  if (before === undefined || order.indexOf(before) < order.indexOf(stage)) state.people.set(assignee, stage)
}

const correct = (state: State, data: Partial<Opening> | FactData['classified']) => {
  const { category, tier, place, path, policy, originalPlace } = data
  const source = 'source' in data ? data.source : undefined
  state.placed = {
    ...state.placed,
    ...(category === undefined ? {} : { category }),
    ...(source === undefined ? {} : { source }),
    ...(tier === undefined ? {} : { tier }),
    ...(place === undefined ? {} : { place }),
    ...(path === undefined ? {} : { path }),
    ...(policy === undefined ? {} : { policy }),
    ...(originalPlace === undefined ? {} : { originalPlace }),
  }
}
