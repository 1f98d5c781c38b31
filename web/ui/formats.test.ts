import { expect, test } from 'vitest'
import { countText, instantText } from './formats.ts'

const AT = Date.parse('2026-11-20T23:05:09Z')

test('the same instant reads by language and zone, however they take turns', () => {
  const looks = ['second', 'minute', 'day', 'weekday'] as const
  const read = (locale: string, zone: string) => looks.map(look => instantText(AT, look, locale, zone)).join(' ')
  expect(read('zh-CN', 'Asia/Shanghai')).toBe('07:05:09 07:05 11月21日 周六')
  expect(read('en', 'UTC')).toBe('23:05:09 23:05 Nov 20 Fri')
  expect(read('zh-CN', 'UTC')).toBe('23:05:09 23:05 11月20日 周五')
  expect(read('zh-CN', 'Asia/Shanghai')).toBe('07:05:09 07:05 11月21日 周六')
})

test('counts are grouped as the language does', () => {
  expect([countText(12345.5, 'en'), countText(12345, 'zh-CN'), countText(12345, 'de')]).toEqual([
    '12,345.5',
    '12,345',
    '12.345',
  ])
})
