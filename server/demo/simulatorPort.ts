import type { App } from '../app.ts'
import type { TimedIncidentCommands } from '../commands/incidentCommands.ts'
import type { IncidentRequest } from '../commands/types.ts'
import type { TimedPositionService } from '../positions/positionService.ts'
import type {
  BackfillPort,
  PlannedFact,
  SimCommand,
  SimOutcome,
  SimulatorPort,
  WorkerFixes,
} from '../simulator/port.ts'
import { recordBreaches } from '../timers/breachTimers.ts'
import { simulatedViewer } from './simulatedPeople.ts'

/** Facts of different incidents within this span go to the store together; breaches are recorded at its end. */
const HISTORY_STEP_MS = 20_000

/** Binds the simulator to the commands that everyone gives, live and for the history of a fresh demo store. */
export function simulatorPort(
  app: App,
  commands: TimedIncidentCommands,
  positions: TimedPositionService,
): { live: SimulatorPort; backfill: BackfillPort } {
  async function execute(command: SimCommand, now?: number): Promise<SimOutcome> {
    const reference = await app.reference()
    const roots = reference.areas.roots(command.at).map(area => area.code)
    const viewer = simulatedViewer(command, reference, roots)
    const outcome = await commands.execute(viewer, requestOf(command), now)
    if (!outcome.ok && outcome.code !== 'REFUSED' && outcome.code !== 'NOT_FOUND')
      app.log('the simulator was refused', { verb: command.verb, code: outcome.code, rule: outcome.rule })
    return outcome.ok ? 'done' : 'refused'
  }

  async function duty(
    fact: { worker: string; at: number; commandId: string; onDuty: boolean },
    now?: number,
  ): Promise<void> {
    const { worker, at, commandId, onDuty } = fact
    const reference = await app.reference()
    const viewer = simulatedViewer({ verb: 'accept', actor: worker }, reference, [])
    await positions.setDuty(viewer, worker, onDuty, { commandId, at }, now)
  }

  async function recordPositions(batch: readonly WorkerFixes[], isHistory: boolean): Promise<void> {
    const reference = await app.reference()
    await Promise.all(
      batch.map(({ worker, fixes }) => {
        const viewer = simulatedViewer({ verb: 'accept', actor: worker }, reference, [])
        const incoming = fixes.map(fix => ({ ...fix, datum: 'wgs84', source: 'positions' }))
        const now = isHistory ? Math.max(...fixes.map(fix => fix.at)) : undefined
        return positions.record(viewer, worker, incoming, null, now)
      }),
    )
  }

  /** A step of the story that fails is written to the log; the street lives on. */
  const kept = <T>(step: Promise<T>, otherwise: T): Promise<T> =>
    step.catch(error => {
      app.log('a step of the simulator failed', { error: String(error) })
      return otherwise
    })

  const takePlanned = async (fact: PlannedFact): Promise<void> => {
    if (fact.kind === 'command') await execute(fact.command, fact.at)
    else await duty({ ...fact, onDuty: fact.kind === 'startDuty' }, fact.at)
  }

  return {
    live: {
      now: app.time.now,
      execute: command => kept(execute(command), 'refused'),
      recordPositions: batch => kept(recordPositions(batch, false), undefined),
      startDuty: (worker, at, commandId) => kept(duty({ worker, at, commandId, onDuty: true }), undefined),
      endDuty: (worker, at, commandId) => kept(duty({ worker, at, commandId, onDuty: false }), undefined),
    },
    backfill: {
      async appendHistory(facts) {
        for (const step of stepsOf(facts)) {
          await Promise.all(byStream(step).map(inOrder(takePlanned)))
          await recordBreaches(app, Math.min(step.at(-1)?.at ?? 0, app.time.now()))
        }
      },
      recordPositions: batch => recordPositions(batch, true),
    },
  }
}

function requestOf({ actor: _actor, incident, ...said }: SimCommand): IncidentRequest {
  const isNew = said.verb === 'signal' || (said.verb === 'report' && said.category !== undefined)
  return isNew ? { ...said, newId: incident } : { ...said, incident }
}

function stepsOf(facts: readonly PlannedFact[]): PlannedFact[][] {
  const steps: PlannedFact[][] = []
  let end = Number.NEGATIVE_INFINITY
  for (const fact of facts) {
    if (fact.at >= end) {
      steps.push([])
      end = fact.at + HISTORY_STEP_MS
    }
    steps.at(-1)?.push(fact)
  }
  return steps
}

/** What changes the same incident or the same person must go in one after the other. */
function byStream(facts: readonly PlannedFact[]): PlannedFact[][] {
  const streams = Map.groupBy(facts, fact => (fact.kind === 'command' ? fact.command.incident : fact.worker))
  return [...streams.values()]
}

function inOrder(take: (fact: PlannedFact) => Promise<void>) {
  return async (facts: readonly PlannedFact[]): Promise<void> => {
    for (const fact of facts) await take(fact)
  }
}
