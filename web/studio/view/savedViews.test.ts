import { expect, test } from 'vitest'
import { keepViews, keptViews } from './savedViews.ts'

function keeper(first: string | null = null) {
  let kept = first
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value
    },
  }
}

test('what is kept comes back', () => {
  const own = keeper()
  expect(keptViews(own)).toEqual([])
  const view = { name: '夜市整治前后', query: { from: '2026-11-16T00:00', category: ['a', 'b'] } }
  expect(keepViews(own, [view])).toBe(true)
  expect(keptViews(own)).toEqual([view])
})

test.each(['', 'no json', '{}', 'null', '[1, {"name": "", "query": {}}, {"name": "x"}]'])('%s holds no views', text =>
  expect(keptViews(keeper(text))).toEqual([]),
)

test('a browser that keeps nothing says so', () => {
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new Error('QuotaExceededError')
    },
  }
  expect(keepViews(full, [])).toBe(false)
})
