/** A small street of which every figure can be counted by hand: five incidents from 10:00 to 14:00, one before. */
import type { Api } from './api.ts'
import type { Environment } from './serverProcess.ts'
import { COMMUNITY, IN_COMMUNITY, IN_NEXT, STILL } from './stores.ts'

const DAY = '2026-11-20'
export const at = (clock: string) => `${DAY}T${clock}:00+08:00`
/** It is half past two there, whatever the machine says, and goes on from there. */
export const HALF_PAST_TWO: Environment = {
  ...STILL,
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(
    `const now=Date.now,shift=${Date.parse(at('14:32'))}-now();Date.now=()=>now()+shift`,
  )}`,
}
export const PERIODS = { a: `${DAY}T10:00~${DAY}T14:00`, b: `${DAY}T06:00~${DAY}T10:00` }

/**
 * 白鹭, A: one accepted in 2 and done in 12 minutes, praised and closed; one nobody came to; one void; one known by its
 * area only, nobody came. Next to it, A: accepted after 10 minutes, done in 14. 白鹭, B: done in 10 minutes.
 */
export async function seed(desk: Api, checker: Api, leader: Api): Promise<{ closed: string; ignored: string }> {
  const report = (clock: string, more: object) =>
    desk.give('report', { category: 'dispute', title: '物业费争议', at: at(clock), ...more })
  const done = async (incident: string, assignee: string, accepted: string, resolved: string) => {
    await desk.give('accept', { incident, assignee, at: at(accepted) })
    await desk.give('resolve', { incident, assignee, at: at(resolved) })
  }
  const earlier = await report('07:00', { place: IN_COMMUNITY })
  await done(earlier, 'W001', '07:03', '07:10')
  const closed = await report('10:00', { place: IN_COMMUNITY })
  await done(closed, 'W001', '10:02', '10:12')
  await checker.give('verify', { incident: closed, at: at('10:15') })
  await checker.give('rate', { incident: closed, score: 5, at: at('10:16') })
  await desk.give('close', { incident: closed, at: at('10:20') })
  const ignored = await report('11:00', { place: IN_COMMUNITY })
  const mistake = await report('12:00', { place: IN_COMMUNITY })
  // What is told hours later finds its breaches recorded: only a leader may still take it out.
  await leader.give('void', { incident: mistake, reason: '误报', at: at('12:01') })
  const slow = await report('13:00', { place: IN_NEXT })
  await done(slow, 'W006', '13:10', '13:14')
  await report('13:30', { area: COMMUNITY })
  return { closed, ignored }
}
