import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const LAUNCHER = fileURLToPath(new URL('./handOver.child.js', import.meta.url))

/** What the launcher hands over to: says how it was started, then waits for a signal as long as its parent lives. */
const said = 'console.log(JSON.stringify({ options: process.execArgv, pid: process.pid }));'
const waiting = 'process.stdin.resume();'
const ending = (code: number) =>
  `for (const s of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(s, () => { console.log(s); process.exit(${code}) });`

async function launched(program: string) {
  const launcher = spawn(process.execPath, ['--max-semi-space-size=4', LAUNCHER, '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void launcher.kill('SIGKILL'))
  const lines = createInterface(launcher.stdout)[Symbol.asyncIterator]()
  // The pipe closes only when the one that was handed over to has ended too.
  const ended = once(launcher, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  const line = async () => (await lines.next()).value as string
  const first = JSON.parse(await line()) as { options: string[]; pid: number }
  return { launcher, ended, line, first }
}

test('the options of Node go on to the one that is handed over to', async () => {
  const { first, ended, launcher } = await launched(said)
  expect(first.options).toContain('--max-semi-space-size=4')
  expect(first.pid).not.toBe(launcher.pid)
  expect(await ended).toEqual([0, null])
})

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s reaches it, and its exit code comes back', async signal => {
  const { launcher, ended, line } = await launched(ending(7) + waiting + said)
  launcher.kill(signal)
  expect(await line()).toBe(signal)
  expect(await ended).toEqual([7, null])
})

test('where a signal ends it, the launcher ends by the same, and nothing is left', async () => {
  const { launcher, ended, first } = await launched(waiting + said)
  launcher.kill('SIGTERM')
  expect(await ended).toEqual([null, 'SIGTERM'])
  expect(() => process.kill(first.pid, 0)).toThrow('ESRCH')
})
