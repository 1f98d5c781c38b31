import { expect, test } from 'vitest'
import { type Group, groupOf, groupText } from './group.ts'

test.each<[string, Group]>([
  ['990106008', { by: 'AREA', key: '990106008' }],
  ['CATEGORY=fire', { by: 'CATEGORY', key: 'fire' }],
  ['HOUR=08', { by: 'HOUR', key: '08' }],
])('%s names a row, and is what that row is called', (text, group) => {
  expect(groupOf(text)).toEqual(group)
  expect(groupText(group)).toBe(text)
})
