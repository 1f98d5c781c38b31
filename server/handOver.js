// Plain JavaScript, as gridwatch.js is.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const PASSED_ON = ['SIGTERM', 'SIGINT', 'SIGHUP']

/** Runs another Node in this one's place: with its options, its terminal and the signals that come, and ends as that one ends. */
export function handOver(node, args) {
  const child = spawn(node, [...process.execArgv, ...args], {
    stdio: 'inherit',
    env: { ...process.env, GRIDWATCH_REEXECUTED: '1' },
  })
  for (const signal of PASSED_ON) process.on(signal, () => void child.kill(signal))
  child.on('error', error => {
    console.error(`gridwatch: ${node} cannot be run: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    for (const each of PASSED_ON) process.removeAllListeners(each)
    process.kill(process.pid, signal)
    // A signal that stops nobody here still ended the other.
    process.exitCode = 128 + (constants.signals[signal] ?? 0)
  })
}
