import { expect, test } from 'vitest'
import { worded } from './wording.ts'

type Case = Parameters<typeof worded>

test.each<[string, Case, string]>([
  ['white space around it goes', ['title', ' \n 门口有垃圾\t'], '门口有垃圾'],
  ['a description keeps its lines', ['description', '一\n二\r\n\t三'], '一\n二\r\n\t三'],
  ['a family is one picture', ['title', '👨‍👩‍👧 走失 🧑🏽‍🚒'], '👨‍👩‍👧 走失 🧑🏽‍🚒'],
  ['so long and no longer', ['title', 'x'.repeat(200)], 'x'.repeat(200)],
  ['a reason of a Hangul filler is none', ['reason', '\u3164\u115F'], ''],
  ['nor is one of empty Braille', ['reason', '\u2800 \u2800'], ''],
  ['nor one of variation selectors', ['reason', '\uFE0F\uFE0E'], ''],
])('%s', (_, [field, text], kept) => {
  expect(worded(field, text)).toEqual({ text: kept })
})

test.each<[string, Case, string]>([
  ['too long a title', ['title', 'x'.repeat(201)], 'textTooLong'],
  ['too long a reason', ['reason', 'x'.repeat(501)], 'textTooLong'],
  ['too long a description, of white space too', ['description', ' '.repeat(4001)], 'textTooLong'],
  ['a title of two lines', ['title', '一\n二'], 'controlCharacter'],
  ['what turns the line round', ['title', '安全\u202Eexe'], 'controlCharacter'],
  ['a reason of nothing but joiners', ['reason', '\u200B\u200D'], 'controlCharacter'],
  ['a bell in a result', ['result', 'a\u0007'], 'controlCharacter'],
  ['a description with a hidden direction', ['description', 'a\u2066b'], 'controlCharacter'],
])('%s is refused', (_, [field, text], fault) => {
  expect(worded(field, text)).toBe(fault)
})
