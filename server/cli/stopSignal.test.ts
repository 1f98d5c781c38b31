import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { stopSignal } from './stopSignal.ts'

function told() {
  const killed: string[] = []
  const clock = { ms: 0 }
  const signals = Object.assign(new EventEmitter(), { kill: (signal: string) => void killed.push(signal) })
  return { signals, clock, killed, stopped: stopSignal(signals, () => clock.ms) }
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s stops', async signal => {
  const { signals, stopped } = told()
  signals.emit(signal)
  await stopped
})

test('the same Ctrl-C, passed on twice, is one; who asks again later does not wait any longer', async () => {
  const { signals, clock, killed, stopped } = told()
  signals.emit('SIGINT')
  signals.emit('SIGINT')
  await stopped
  expect(killed).toEqual([])
  clock.ms = 1_500
  signals.emit('SIGINT')
  expect(killed).toEqual(['SIGINT'])
  expect(signals.eventNames()).toEqual([])
})
