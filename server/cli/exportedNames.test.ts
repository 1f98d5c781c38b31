import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { exportedStreet, WINDOW } from '../exports/testExports.ts'

const TODAY = [...WINDOW, '--format', 'csv']
const LAST_YEAR = ['--from', '2025-03-01T00:00:00+08:00', '--to', '2025-03-02T00:00:00+08:00', '--format', 'csv']

test.each([
  ['--category', 'rubish', 'there is no category rubish; there are fire, rubbish'],
  ['--clock', 'answer', 'no policy has a clock answer; there are discover, respond, resolve'],
  ['--area', '9', 'there is no area 9 in the store file:'],
])('%s %s, which there is not, is refused by name and nothing is written', async (option, value, said) => {
  const street = await exportedStreet()
  const { code, err } = await street.run('incidents', ...TODAY, option, value, '--out', street.file('x.csv'))
  expect({ code, err }).toEqual({ code: 2, err: [expect.stringContaining(`${option}: ${said}`)] })
  expect(() => readFileSync(street.file('x.csv'))).toThrow('ENOENT')
})

test('a file with nothing in it is written, and that it holds nothing is said apart', async () => {
  const street = await exportedStreet()
  const out = street.file('none.csv')
  const { code, err } = await street.run('incidents', ...LAST_YEAR, '--out', out)
  expect({ code, err }).toEqual({
    code: 0,
    err: [expect.stringMatching(/nothing in this period: .*2025-03-01T00:00:00\+08:00/)],
  })
  expect(readFileSync(out, 'utf8').trim().split('\n')).toHaveLength(1)
  const full = await street.run('incidents', ...TODAY, '--category', 'fire', '--clock', 'resolve', '--out', out)
  expect(full).toMatchObject({ code: 0, err: [] })
})
