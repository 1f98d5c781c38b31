import { expect, test } from 'vitest'
import { fold } from './fold.ts'
import { standingResolution } from './resolution.ts'
import { fact, opening, told } from './testFacts.ts'

const reported = fact('reported', '10:00', opening)
const by = (assignee: string, at: string) => fact('resolved', at, { assignee }, { recordedAt: '12:00' })
const reopened = (at: string) => fact('reopened', at, {}, { recordedAt: '12:00' })

test.each([
  ['nothing resolved it', [], undefined],
  ['it stands', [by('a', '10:05')], 'a'],
  ['it was reopened', [by('a', '10:05'), reopened('10:06')], undefined],
  ['it was resolved again', [by('a', '10:05'), reopened('10:06'), by('b', '10:07')], 'b'],
  ['an earlier one that was told late', [by('b', '10:07'), by('a', '10:05'), reopened('10:06')], 'b'],
  ['a late reopening of the last', [by('b', '10:07'), by('a', '10:05'), reopened('10:08')], undefined],
])('the standing resolution: %s', (_, facts, assignee) => {
  expect(standingResolution(fold('i1', told(reported, ...facts))!)?.data.assignee).toBe(assignee)
})
