/**
 * The live street: plays each planned command when its time comes, tells where everybody is, and lets our workers answer
 * real dispatchers. It has no timer and no clock of its own: whoever owns it calls `tick` every `tickEveryMs(speed)`.
 */
import type { LngLat } from '#domain/incident/facts.ts'
import type { Duty } from './dayPlan.ts'
import { delivered, type Phone, phone } from './fixes.ts'
import { type Plans, plans } from './plans.ts'
import type { PlannedFact, SimCommand, SimulatorPort, WorkerFixes } from './port.ts'
import { type Detour, response } from './response.ts'
import type { Motion } from './walker.ts'
import type { World } from './world.ts'

export type Simulator = {
  /** Plays what has come due since the last tick; a call while one is at work waits for that one. */
  tick(): Promise<void>
  /** Tell it of every dispatch that happens: it knows its own. */
  onDispatched(incident: string, worker: string, place: LngLat | null): void
  /** When the tick at work, if any, is done. */
  idle(): Promise<void>
}

/** A simulator on a timer of its own, from now on. What the moments before may have missed is told once more. */
export function simulate(
  world: World,
  seed: string,
  port: SimulatorPort,
  speed: number,
  onError: (error: unknown) => void,
): { readonly onDispatched: Simulator['onDispatched']; readonly stop: () => Promise<void> } {
  const from = port.now() - Math.max(600_000, 15_000 * speed)
  const own = simulator(plans(world, seed), port, { speed, from })
  const timer = setInterval(() => void own.tick().catch(onError), tickEveryMs(speed))
  return {
    onDispatched: own.onDispatched,
    stop: async () => {
      clearInterval(timer)
      await own.idle().catch(onError)
    },
  }
}

/** How often to tick, in real ms: at most half a minute of the street at once, so that nothing is told late. */
export const tickEveryMs = (speed: number): number => Math.max(40, Math.min(1000, Math.round(30_000 / speed)))

type Step = { readonly at: number; readonly command: SimCommand; readonly story: string }

/** `from`: where the history ends; facts up to it are taken as told. */
export function simulator(
  plansOf: Plans,
  port: SimulatorPort,
  { speed, from }: { speed: number; from: number },
): Simulator {
  const ended = new Set<string>() // stories that somebody else has taken over
  const sent = new Map<string, Set<string>>() // incident → whom we sent there
  const detours = new Map<string, Detour>()
  const phones = new Map<Duty, Phone>()
  let answers: Step[] = []
  let lateEnds: { at: number; worker: string; commandId: string }[] = []
  let toldTo = from
  let heardTo = port.now()
  let atWork: Promise<void> | null = null

  const run = async () => {
    const now = port.now()
    if (now <= toldTo) return
    const due = dueFacts(plansOf, toldTo, now)
    const last = toldTo
    toldTo = now
    for (const fact of due) if (fact.kind === 'startDuty') await port.startDuty(fact.worker, fact.at, fact.commandId)
    const planned = due.flatMap(fact =>
      fact.kind === 'command' ? [{ at: fact.at, command: fact.command, story: fact.command.incident }] : [],
    )
    const answered = answers.filter(step => step.at <= now)
    answers = answers.filter(step => step.at > now)
    const steps = [...planned, ...answered].sort((a, b) => a.at - b.at)
    // Stories run side by side; a merge waits for the story it goes into.
    const stories = Map.groupBy(steps, step => (step.command.verb === 'merge' ? 'merges' : step.command.incident))
    const merges = stories.get('merges') ?? []
    stories.delete('merges')
    const outcomes = await Promise.allSettled([...stories.values()].map(tell))
    await tell(merges)
    await tellPositions(now)
    for (const fact of due) if (fact.kind === 'endDuty') await endDuty(fact)
    const ends = lateEnds.filter(end => end.at <= now)
    lateEnds = lateEnds.filter(end => end.at > now)
    for (const end of ends) await port.endDuty(end.worker, end.at, end.commandId)
    forget(last)
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  }

  const noteSent = ({ incident, assignee = '' }: SimCommand) => {
    const whom = sent.get(incident) ?? new Set()
    sent.set(incident, whom.add(assignee))
  }

  /** It runs for weeks: what no story of today or yesterday needs is let go. */
  const forget = (now: number) => {
    for (const [worker, detour] of detours) if (detour.to < now - 3_600_000) detours.delete(worker)
    if (sent.size + ended.size < 5_000) return
    const current = plansOf.around(now)
    const isCurrent = (incident: string) => current.some(plan => plan.incidents.has(incident))
    for (const incident of sent.keys()) if (!isCurrent(incident)) sent.delete(incident)
    for (const story of ended) {
      if (!isCurrent(story) && !answers.some(step => step.story === story)) ended.delete(story)
    }
  }

  const tell = async (steps: readonly Step[]) => {
    for (const { command, story } of steps) {
      if (ended.has(story)) continue
      if (command.verb === 'dispatch') noteSent(command)
      const outcome = await port.execute(command)
      // A signal that somebody else confirmed goes on; any other refusal means that somebody else has it in hand.
      if (outcome === 'refused' && command.verb !== 'report') ended.add(story)
    }
  }

  const endDuty = async (fact: { readonly at: number; readonly worker: string; readonly commandId: string }) => {
    const detour = detours.get(fact.worker)
    if (detour !== undefined && detour.to > fact.at) lateEnds.push({ ...fact, at: detour.to + 1000 })
    else await port.endDuty(fact.worker, fact.at, fact.commandId)
  }

  const tellPositions = async (now: number) => {
    if (now - heardTo < 1000 * speed - 20) return // one batch per real second
    const everyMs = Math.max(10_000, 1000 * Math.round(speed))
    const batch: WorkerFixes[] = []
    for (const plan of plansOf.around(now)) {
      for (const duty of plan.duties) {
        if (duty.from > now || duty.endsAt < heardTo) {
          phones.delete(duty)
          continue
        }
        const own = phones.get(duty) ?? phone(plansOf.world, plansOf.seed, duty, instant => whereIs(duty, instant))
        phones.set(duty, own)
        const fixes = delivered(own, heardTo, now, everyMs)
        if (fixes.length > 0) batch.push({ worker: own.worker, fixes })
      }
    }
    heardTo = now
    if (batch.length > 0) await port.recordPositions(batch)
  }

  const whereIs = (duty: Duty, instant: number): Motion => {
    const detour = detours.get(duty.person.id)
    return detour !== undefined && instant >= detour.from && instant < detour.to
      ? detour.at(instant)
      : duty.walker.at(instant)
  }

  return {
    tick: () => {
      atWork ??= run().finally(() => {
        atWork = null
      })
      return atWork
    },
    idle: async () => {
      await atWork
    },
    onDispatched: (incident, worker, place) => {
      if (sent.get(incident)?.has(worker)) return
      const at = port.now()
      const around = plansOf.around(at)
      const duty = around
        .flatMap(plan => plan.duties)
        .find(duty => duty.person.id === worker && duty.from <= at && duty.endsAt > at)
      if (duty === undefined) return // off duty, or none of ours
      const isOurs = around.some(plan => plan.incidents.has(incident))
      const isPlanned = sent.has(incident)
      if (isOurs && !isPlanned) ended.add(incident)
      const { commands, detour } = response(plansOf.world, plansOf.seed, duty, instant => whereIs(duty, instant), {
        incident,
        place,
        at,
        isOurs: isOurs && !isPlanned,
      })
      detours.set(worker, detour)
      const story = `${incident} ${worker}`
      answers.push(...commands.map(command => ({ at: command.at, command, story })))
    },
  }
}

/** Facts with from < at ≤ to of the day and of the day before; at high speed the two ends may lie in different days. */
function dueFacts(plans: Plans, from: number, to: number): PlannedFact[] {
  const days = new Map([...plans.around(from), ...plans.around(to)].map(plan => [plan.day, plan]))
  const due = [...days.values()].flatMap(({ facts }) => facts.slice(firstAfter(facts, from), firstAfter(facts, to)))
  return due.sort((a, b) => a.at - b.at)
}

function firstAfter(facts: readonly PlannedFact[], instant: number): number {
  let low = 0
  let high = facts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((facts[middle]?.at ?? 0) <= instant) low = middle + 1
    else high = middle
  }
  return low
}
