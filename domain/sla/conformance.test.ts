import { expect, test } from 'vitest'
import { conform, readCases } from './conformance.ts'

const item = {
  name: 'exactly at the target',
  policy: {
    id: '1-5-15',
    timezone: 'Asia/Shanghai',
    atRiskFraction: 0.8,
    clocks: { respond: { from: 'reported', to: 'responded', target: 'PT5M' } },
  },
  history: [{ type: 'reported', at: '2026-03-02T18:00:00.000+08:00' }],
  now: '2026-03-02T10:05:00.000Z',
  expect: {
    respond: {
      state: 'running',
      elapsedMs: 300_000,
      deadline: '2026-03-02T10:05:00.000Z',
      breachedAt: null,
      atRisk: true,
    },
  },
}
const run = (...cases: unknown[]) => {
  const read = readCases({ cases })
  return 'error' in read ? read.error : conform(read.cases)
}

test('a case that agrees holds', () => {
  expect(run(item, item)).toEqual({ differences: [], hold: 2, differ: 0 })
})

test('each difference is named with its case, clock and field', () => {
  const expected = { respond: { ...item.expect.respond, state: 'breached', deadline: '2026-03-02T10:06:00.000Z' } }
  expect(run(item, { ...item, name: 'other', expect: expected })).toEqual({
    differences: [
      { case: 'other', clock: 'respond', field: 'state', expected: 'breached', actual: 'running' },
      {
        case: 'other',
        clock: 'respond',
        field: 'deadline',
        expected: '2026-03-02T10:06:00.000Z',
        actual: '2026-03-02T10:05:00.000Z',
      },
    ],
    hold: 1,
    differ: 1,
  })
})

test('a clock that is expected and absent, or present and not expected, differs', () => {
  expect(run({ ...item, expect: { arrive: item.expect.respond } })).toMatchObject({
    differences: [
      { clock: 'arrive', expected: 'present' },
      { clock: 'respond', expected: 'absent' },
    ],
  })
})

test.each([
  [[], 'a conformance file is'],
  [{ cases: [{ ...item, now: '2026-03-02 10:05' }] }, 'case 1: now is not'],
  [{ cases: [item, { ...item, history: [{ type: 'reported' }] }] }, 'case 2: a fact needs'],
  [{ cases: [{ ...item, policy: { id: 'x' } }] }, 'policy.clocks'],
])('a file of another shape is told what is wrong', (file, error) => {
  expect(readCases(file)).toMatchObject({ error: expect.stringContaining(error) })
})
