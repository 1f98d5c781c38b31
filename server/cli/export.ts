import { rename, rm, writeFile } from 'node:fs/promises'
import { QUANTITIES } from '#domain/heat/quantity.ts'
import type { Viewer } from '../access/viewer.ts'
import { companion } from '../exports/bundle.ts'
import { ExportRefused } from '../exports/exportRefused.ts'
import { type AskedExport, exportRequestOf } from '../exports/exportRequest.ts'
import { FORMATS, SUBJECTS } from '../exports/formats.ts'
import { type Export, makeExport } from '../exports/makeExport.ts'
import { recordExport } from '../exports/recordExport.ts'
import { type Again, readSidecar } from '../exports/sidecar.ts'
import type { OpenApp } from '../openApp.ts'
import { type Command, required, text, UsageError } from './command.ts'
import { askedFrom } from './exportArguments.ts'
import { nothingIn, refuseUnknownNames } from './exportedNames.ts'
import { openExisting } from './openExisting.ts'
import { progressBar } from './progressBar.ts'
import { readJson } from './readJson.ts'

/** Whoever sits at the machine. */
const SHELL = { by: 'shell', name: null, role: null }

export const exportFile: Command = {
  summary: 'write heat, areas or incidents to a file that GIS and tables open',
  usage: [
    `gridwatch export ${SUBJECTS.join('|')} --from T --to T --format F --out FILE [--area C] [--bandwidth M] [--cell M] [--crs EPSG:N]`,
    'gridwatch export --sidecar FILE.json --out FILE',
    '',
    `Formats: ${Object.entries(FORMATS)
      .map(([name, { of }]) => `${name} (${of.join(', ')})`)
      .join('; ')}`,
    'Times with their offset; [from, to) of the first fact. --crs: EPSG:N, gaussKruger or utm (the fitting zone).',
    '--category, --source, --tier, --hour, --weekday C[,C], --clock, --clock-state, --bounds W,S,E,N, --as-of T, --known-at T narrow down.',
    `--unit ${QUANTITIES.join('|')} --classes N[,N] --headings zh|en|codes --no-bom --no-furniture --width PX --title T`,
    '--k N: counts below N are held back, as for roles that may not have them.',
    '--window PT1H --step PT1H --cumulative: of frames.',
    '',
    'FILE.json, the sidecar, says what the file holds and makes the same bytes again: exit 1 when they differ. See docs/exports.md.',
  ].join('\n'),
  options: {
    ...Object.fromEntries(
      [
        ...['from', 'to', 'area', 'bandwidth', 'cell', 'crs', 'format', 'out', 'sidecar', 'category', 'source', 'tier'],
        ...[
          'hour',
          'weekday',
          'clock',
          'clock-state',
          'bounds',
          'as-of',
          'known-at',
          'unit',
          'classes',
          'headings',
          'width',
        ],
        ...['title', 'window', 'step', 'k'],
      ].map(name => [name, { type: 'string' as const }]),
    ),
    'no-bom': { type: 'boolean' },
    'no-furniture': { type: 'boolean' },
    cumulative: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  async run(values, [what], io) {
    const out = required(values, 'out')
    const sidecarFile = text(values, 'sidecar')
    const before = sidecarFile === null ? null : await sidecarIn(sidecarFile)
    const asked = before === null ? askedFrom(values, what) : before.request
    const app = await openExisting(io)
    try {
      const bar = progressBar(io, `export ${asked.what}`)
      const made = await refusedAsUsage(() => exported(app, asked, before, share => bar(share, 1)))
      const sidecar = Buffer.from(`${JSON.stringify(made.sidecar, null, 2)}\n`, 'utf8')
      await writtenWhole(
        [...made.files.map(({ suffix, bytes }) => [companion(out, suffix), bytes] as const), [`${out}.json`, sidecar]],
        () => recordExport(app, made.sidecar, SHELL),
      )
      if (values.json) io.out(JSON.stringify(made.sidecar))
      else io.out(`${out}: ${made.sidecar.n.used ?? 'few'} incidents, log position ${made.sidecar.data.head}`)
      if (made.sidecar.n.used === 0) io.err(`gridwatch export: ${nothingIn(made.sidecar)}`)
      const differing = before === null ? null : difference(before, made)
      if (differing === null) return 0
      io.err(`gridwatch export: ${differing}`)
      return 1
    } finally {
      await app.store.close()
    }
  },
}

async function exported(app: OpenApp, asked: AskedExport, before: Again | null, onProgress: (share: number) => void) {
  const asker = before === null ? null : authorOf(before)
  const reference = await app.reference()
  const request = exportRequestOf(asked, reference, asker)
  if (typeof request === 'string') throw new UsageError(request)
  if (before === null) refuseUnknownNames(request.filter, reference, app)
  const moment = before === null ? { head: null, at: app.time.now() } : { head: before.data.head, at: before.at }
  return makeExport(app, asker, request, moment, { onProgress })
}

/** The same file is made with the eyes of who asked for it first. */
function authorOf({ author }: Again): Viewer | null {
  if (author.areas === null || author.role === null) return null
  const { by, name, areas } = author
  const worker = by.startsWith('worker:') ? by.slice('worker:'.length) : null
  const role = author.role as Viewer['role']
  return { tokenId: by.replace(/^token:/, ''), role, areas, worker, leads: [], device: null, name }
}

/** Null: the same bytes. */
function difference(before: Again, { files, sidecar }: Export): string | null {
  const isSame = before.files.every(({ suffix, sha256 }) => {
    const now = sidecar.files.find(file => file.suffix === suffix)
    return now?.sha256 === sha256
  })
  if (isSame && files.length === before.files.length) return null
  const reasons = [
    ...(before.data.referenceHash === sidecar.data.referenceHash
      ? []
      : ['areas, categories, policies or the name of the place have changed since']),
    ...(before.product.version === sidecar.product.version
      ? []
      : [`it was made by version ${before.product.version}, this is ${sidecar.product.version}`]),
  ]
  return `the bytes differ from the sidecar's${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}`
}

async function sidecarIn(file: string): Promise<Again> {
  const read = readSidecar(await readJson(file))
  if (typeof read === 'string') throw new UsageError(`${file} is no sidecar of an export: ${read}`)
  return read
}

async function refusedAsUsage<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof ExportRefused) throw new UsageError(error.message)
    throw error
  }
}

/** All of them or none, and none before it is recorded that they leave. */
async function writtenWhole(
  files: readonly (readonly [name: string, bytes: Uint8Array])[],
  record: () => Promise<void>,
): Promise<void> {
  const part = (name: string) => `${name}.part`
  try {
    for (const [name, bytes] of files) await writeFile(part(name), bytes)
  } catch (error) {
    for (const [name] of files) await rm(part(name), { force: true })
    throw new UsageError(`--out cannot be written: ${error instanceof Error ? error.message : String(error)}`)
  }
  await record()
  for (const [name] of files) await rename(part(name), name)
}
