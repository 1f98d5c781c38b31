import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { importIncidents } from '../imports/importIncidents.ts'
import { incidentsMapping } from '../imports/mapping.ts'
import { IN_WEST_1, NOWHERE, STREET } from '../testing/street.ts'
import { testApp } from '../testing/testApp.ts'
import { main } from './main.ts'

const [FROM, TO] = ['2026-03-02T00:00:00+08:00', '2026-03-03T00:00:00+08:00']

async function run(url: string, ...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const io = { out: (line: string) => void out.push(line), err: (line: string) => void err.push(line), progress: null }
  const code = await main(['summary', ...args], { env: { GRIDWATCH_DATABASE_URL: url }, ...io })
  return {
    code,
    err,
    lines: out
      .join('\n')
      .split('\n')
      .map(line => line.split(/ {2,}/)),
  }
}

/** One incident of the middle of a grid, and one from beyond the street, which only a file can bring. */
async function streetWithTwo(): Promise<string> {
  const { app, url } = await testApp()
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-summary-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const rows = [IN_WEST_1, NOWHERE].map(({ lng, lat }, i) => `A${i},2026-03-02T09:00:00+08:00,${lng},${lat}`)
  writeFileSync(join(folder, 'rows.csv'), ['id,t,x,y', ...rows, ''].join('\n'))
  const mapping = incidentsMapping.parse({
    ...{ kind: 'incidents', name: 'two', datum: 'wgs84', group: { by: 'id' }, number: { column: 'id' } },
    ...{ source: { value: 'patrol' }, category: { from: { value: 'rubbish' } }, place: { lng: 'x', lat: 'y' } },
    milestones: { reported: { column: 't' } },
  })
  await importIncidents(app, join(folder, 'rows.csv'), mapping)
  return url
}

test('incidents in no area stand under a name of their own, not under all', async () => {
  const { lines } = await run(await streetWithTwo(), '--from', FROM, '--to', TO, '--by', 'area')
  expect(new Set(lines.slice(1).map(([key]) => key))).toEqual(new Set([STREET, '(no area)']))
})

test('without groups the one row is of all, and no two columns have the same name', async () => {
  const { lines } = await run((await testApp()).url, '--from', FROM, '--to', TO)
  const [head = [], first = []] = lines
  expect(first[0]).toBe('all')
  expect(new Set(head).size).toBe(head.length)
})

test.each([
  [FROM, FROM],
  [TO, FROM],
])('a period from %s to %s holds nothing and is refused', async (from, to) => {
  const { code, err } = await run((await testApp()).url, '--from', from, '--to', to)
  expect({ code, err }).toEqual({ code: 2, err: [expect.stringContaining('--to must lie after --from')] })
})
