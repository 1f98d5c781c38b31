import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import areasEn from './areas.en.json' with { type: 'json' }
import areasZhCN from './areas.zh-CN.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import studioEn from './studio.en.json' with { type: 'json' }
import studioZhCN from './studio.zh-CN.json' with { type: 'json' }
import zhCN from './zh-CN.json' with { type: 'json' }

type Messages = { readonly [key: string]: string | Messages }
const flat = (messages: Messages, prefix = ''): [string, string][] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${prefix}${key}`, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  )
const chinese = new Map([...flat(zhCN), ...flat(studioZhCN), ...flat(areasZhCN)])
const english = new Map([...flat(en), ...flat(studioEn), ...flat(areasEn)])
const slots = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort()

test('both languages say the same things', () => {
  expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
})

test.each([...chinese])('%s has the same places for values in both languages', (key, text) => {
  expect(slots(english.get(key) ?? '')).toEqual(slots(text))
})

test('every message that the pages name exists', async () => {
  const folder = new URL('..', import.meta.url)
  const files = (await readdir(folder, { recursive: true })).filter(
    file => /\.(vue|ts)$/.test(file) && !file.includes('.test.'),
  )
  const named = new Set<string>()
  for (const file of files) {
    const text = await readFile(new URL(file, folder), 'utf8')
    for (const [, key] of text.matchAll(/\bt\(\s*'([\w.]+)'/g)) if (key) named.add(key)
  }
  expect([...named].filter(key => !chinese.has(key))).toEqual([])
})
