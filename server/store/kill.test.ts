import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { clockFacts, clocks } from '#domain/sla/clocks.ts'
import { POLICY, T0 } from '../testing/street.ts'
import { type TestApp, testApp } from '../testing/testApp.ts'
import { recordBreaches } from '../timers/breachTimers.ts'
import type { StoredEvent } from './eventStore.ts'

/** A few in the gate; GRIDWATCH_KILLS=50 for the long run. */
const KILLS = Number(process.env.GRIDWATCH_KILLS ?? 4)
const MOST_ACKNOWLEDGED = 150

const NODE = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node')
const CHILD = fileURLToPath(new URL('./kill.child.ts', import.meta.url))

test(`killed ${KILLS} times at any instant, the store has lost and doubled nothing that it acknowledged`, {
  timeout: 30_000 + KILLS * 15_000,
}, async () => {
  const street = await testApp()
  const acknowledged: string[] = []
  let seed = 20260302
  for (let life = 1; life <= KILLS; life++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0 // Numerical Recipes' generator
    acknowledged.push(...(await liveAndDie(street.url, life, 1 + (seed % MOST_ACKNOWLEDGED))))
    await check(street, acknowledged, T0 + (life + 1) * 86_400_000)
  }
})

/** Lets a process write until it has acknowledged so much, kills it without warning, and returns all that it said. */
async function liveAndDie(url: string, life: number, killAfter: number): Promise<string[]> {
  const child = spawn(NODE, [CHILD, url, String(life)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<string | null>(resolve => child.once('exit', (_, signal) => resolve(signal)))
  const said: string[] = []
  for await (const line of createInterface(child.stdout)) {
    said.push(line)
    if (said.length === killAfter) child.kill('SIGKILL')
  }
  expect(await ended).toBe('SIGKILL')
  expect(said.length).toBeGreaterThanOrEqual(killAfter)
  return said
}

async function check(street: TestApp, acknowledged: readonly string[], now: number): Promise<void> {
  const log = await street.log()
  const told = log.filter(({ commandId, type }) => commandId !== null && ['reported', 'accepted'].includes(type))
  const commands = Map.groupBy(told, ({ commandId }) => commandId)
  expect([...commands.values()].filter(events => events.length > 1)).toEqual([])
  for (const line of acknowledged) {
    const [, commandId, incident] = line.split(' ')
    expect(commands.get(commandId!)?.[0]?.stream, line).toBe(`incident:${incident}`)
    expect(await street.app.store.command(commandId!), line).not.toBeNull()
  }
  expect(await street.app.store.verify()).toEqual([])
  // A restart records what fell due meanwhile, whatever of it the one that was killed had recorded.
  await recordBreaches(street.app, now)
  await checkBreaches(street, now)
}

async function checkBreaches(street: TestApp, now: number): Promise<void> {
  const breaches = (await street.log()).filter(({ type }) => type === 'clockBreached')
  expect(new Set(breaches.map(nameOf)).size).toBe(breaches.length)
  const snapshot = await street.app.store.snapshot()
  const records = await snapshot.incidents({}).finally(() => snapshot.close())
  const expected = records.flatMap(({ incident }) =>
    Object.entries(clocks(POLICY, clockFacts(incident.facts), now)).flatMap(([clock, { breachedAt }]) =>
      breachedAt === null ? [] : [`incident:${incident.id} ${clock} ${breachedAt}`],
    ),
  )
  expect(breaches.map(nameOf).sort()).toEqual(expected.sort())
}

function nameOf({ stream, data }: StoredEvent): string {
  const { clock, deadline } = data as { clock: string; deadline: number }
  return `${stream} ${clock} ${deadline}`
}
