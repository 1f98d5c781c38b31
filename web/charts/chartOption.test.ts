import { expect, test } from 'vitest'
import { categoriesOption, flowOption, trendsOption } from './chartOption.ts'

const ink = { k1: 'k1', k3: 'k3', k4: 'k4', l3: 'l3' }

test('nothing that a chart draws is animated', () => {
  expect(
    [
      flowOption({ rated: 1, unrated: 2, open: 3 }, ink),
      categoriesOption([1], ink),
      trendsOption([], null, ink, 1),
    ].map(option => option.animation),
  ).toEqual([false, false, false])
})

test('the flow fills its bar, and an empty day divides by nothing', () => {
  expect(flowOption({ rated: 1, unrated: 2, open: 3 }, ink).xAxis).toMatchObject({ max: 6 })
  expect(flowOption({ rated: 0, unrated: 0, open: 0 }, ink).xAxis).toMatchObject({ max: 1 })
})

test('trends share one scale, and what is low is drawn in the first ink', () => {
  const option = trendsOption(
    [
      { hours: [0.7, null, 0.9], isLow: true },
      { hours: [1, 1, 1], isLow: false },
    ],
    0.95,
    ink,
    2,
  )
  expect(option.yAxis).toMatchObject([{ min: 0.7 }, { min: 0.7 }])
  expect(option.series).toMatchObject([
    {},
    { lineStyle: { color: 'k1', width: 3.2 } },
    {},
    { lineStyle: { color: 'k3' } },
  ])
})
