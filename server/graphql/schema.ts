import { readFileSync } from 'node:fs'
import type { GraphQLSchema } from 'graphql'
import { createSchema } from 'graphql-yoga'
import type { Context } from './context.ts'
import { DateTime, GeoJSON } from './scalars.ts'
import { areaResolvers } from './types/area.ts'
import { cohortResolvers } from './types/cohort.ts'
import { exportsResolvers } from './types/exports.ts'
import { incidentResolvers } from './types/incident.ts'
import { mutationResolvers } from './types/mutation.ts'
import { queryResolvers } from './types/query.ts'
import { settingsResolvers } from './types/settings.ts'
import { subscriptionResolvers } from './types/subscription.ts'
import { trackResolvers } from './types/track.ts'
import { workerResolvers } from './types/worker.ts'

/** The words of the edge and those of the domain. */
const enums = {
  Tier: { MINOR: 'minor', MAJOR: 'major', HARD: 'hard' },
  IncidentStatus: {
    SIGNALLED: 'signalled',
    REPORTED: 'reported',
    DISPATCHED: 'dispatched',
    ACCEPTED: 'accepted',
    ARRIVED: 'arrived',
    PAUSED: 'paused',
    RESOLVED: 'resolved',
    CLOSED: 'closed',
    MERGED: 'merged',
    VOIDED: 'voided',
  },
  ClockState: {
    NOT_APPLICABLE: 'notApplicable',
    PENDING: 'pending',
    RUNNING: 'running',
    PAUSED: 'paused',
    MET: 'met',
    BREACHED: 'breached',
  },
  Measure: {
    COHORT: 'cohort',
    SIGNALLED: 'signalled',
    REPORTED: 'reported',
    RESOLVED: 'resolved',
    CLOSED: 'closed',
    CLOSED_ON_TIME: 'closedOnTime',
    RATED: 'rated',
    SATISFIED: 'satisfied',
    OPEN: 'open',
    AWAITING: 'awaiting',
    VOIDED: 'voided',
    MERGED: 'merged',
    UNLOCATED: 'unlocated',
    TOLD_LATE: 'toldLate',
    DECIDED_LATE: 'decidedLate',
    REMOVED_AFTER_BREACH: 'removedAfterBreach',
  },
}

export function makeSchema(): GraphQLSchema {
  return createSchema<Context>({
    typeDefs: readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'),
    resolvers: [
      { DateTime, GeoJSON, ...enums },
      areaResolvers,
      exportsResolvers,
      cohortResolvers,
      incidentResolvers,
      mutationResolvers,
      queryResolvers,
      settingsResolvers,
      subscriptionResolvers,
      trackResolvers,
      workerResolvers,
    ],
  })
}
