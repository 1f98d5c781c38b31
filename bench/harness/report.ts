/** The table of README.md between its marks. Rows that this run left out keep their lines. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Line } from './row.ts'

const FILE = join(import.meta.dirname, '..', 'README.md')
const BEGIN = '<!-- figures -->'
const END = '<!-- /figures -->'
const HEAD = ['Row', 'What', 'Gridwatch', 'Beside', 'Ratio', 'Reach', 'Holds', 'Run']

export type Measured = { readonly row: string; readonly lines: readonly Line[] }

/** `run` marks the lines of one run; what it says of the machine stands under the table. */
export async function writeTable(measured: readonly Measured[], run: string, machine: string): Promise<string> {
  const text = await readFile(FILE, 'utf8')
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error(`bench/README.md has lost its marks ${BEGIN} and ${END}`)
  const before = text.slice(begin + BEGIN.length, end).split('\n')
  const names = new Set(measured.map(({ row }) => row))
  const keptLines = before.filter(line => line.startsWith('| ') && !isHead(line) && !names.has(cell(line, 0)))
  const lines = [
    ...keptLines,
    ...measured.flatMap(({ row, lines }) =>
      lines.map(({ what, gridwatch, peer, ratio, reach, holds }) =>
        tableLine([row, what, gridwatch, peer, ratio, reach, holds ? 'yes' : '**no**', run]),
      ),
    ),
  ]
  const runs = new Set(lines.map(line => cell(line, HEAD.length - 1)))
  const machines = before.filter(line => line.startsWith('- ') && runs.has(line.slice(2, line.indexOf(': '))))
  const notes = [...machines.filter(line => !line.startsWith(`- ${run}: `)), `- ${run}: ${machine}`]
  const table = [tableLine(HEAD), tableLine(HEAD.map(() => '---')), ...lines, '', 'Runs:', ...notes].join('\n')
  await writeFile(FILE, `${text.slice(0, begin)}${BEGIN}\n${table}\n${text.slice(end)}`)
  return table
}

const tableLine = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const cell = (line: string, index: number) => line.split('|')[index + 1]?.trim() ?? ''
const isHead = (line: string) => cell(line, 0) === HEAD[0] || /^-+$/.test(cell(line, 0))
