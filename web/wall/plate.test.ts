import { expect, test } from 'vitest'
import { shownPlate } from './plate.ts'

const told = {
  code: 'A01',
  name: '01 网格',
  level: 'grid',
  households: 300,
  residents: 800,
  sides: null,
  workers: [],
  counts: { today: 7, open: 99 },
}
const openOf = (code: string) => (code === 'A01' ? 2 : 5)

test('the plate of the wanted grid has its name, its own open incidents and its day', () => {
  expect(shownPlate(told, 'A01', openOf, true)).toMatchObject({ name: '01 网格', open: 2, today: 7, isOld: false })
})

test('until the wanted plate has come the last one stands, old, with its own name and its own figures', () => {
  expect(shownPlate(told, 'B02', openOf, true)).toMatchObject({ code: 'A01', name: '01 网格', open: 2, isOld: true })
})

test('where no plate is wanted, or none was ever told, none stands', () => {
  expect(shownPlate(told, null, openOf, true)).toBeNull()
  expect(shownPlate(null, 'A01', openOf, true)).toBeNull()
})

test('of a past instant the day is not said: the API counts as of now', () => {
  expect(shownPlate(told, 'A01', openOf, false)).toMatchObject({ today: null })
})
