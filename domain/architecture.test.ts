/** The house rules of BLUEPRINT §3, as a test: who may import whom, no cycles; prints the ten longest files. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FOLDERS = ['domain', 'server', 'web', 'bench', 'e2e']
const MAY_IMPORT: { readonly [folder: string]: readonly string[] } = {
  domain: ['domain'],
  server: ['server', 'domain'],
  web: ['web', 'domain'],
  bench: ['bench', 'server', 'domain', 'e2e', 'web'], // the bare pages draw with the web's own style
  e2e: ['e2e', 'server', 'domain'],
}

type Source = { readonly file: string; readonly lines: number; readonly imports: readonly string[] }

const sources = FOLDERS.flatMap(folder => filesIn(folder)).map(read)

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.(ts|vue)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map(entry => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter(file => !file.includes('node_modules'))
}

function read(file: string): Source {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const specifiers = [...text.matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\()(['"])([^'"\n]+)\1/g)].map(
    match => match[2]!,
  )
  return { file, lines: text.split('\n').length, imports: specifiers.map(name => target(file, name)) }
}

/** Where an import leads: a path of this repository, or the name of a package. */
function target(file: string, name: string): string {
  const path = name.split('?')[0]!
  if (path.startsWith('#domain/')) return path.slice(1)
  return path.startsWith('.') ? normalize(join(dirname(file), path)) : name
}

const isTest = (file: string) => file.endsWith('.test.ts')
const folderOf = (path: string) => path.split('/')[0]!

test('a folder imports only what it may', () => {
  const wrong = sources.flatMap(({ file, imports }) =>
    imports
      .filter(path => FOLDERS.includes(folderOf(path)) && !MAY_IMPORT[folderOf(file)]!.includes(folderOf(path)))
      .map(path => `${file} → ${path}`),
  )
  expect(wrong).toEqual([])
})

test('domain/ imports nothing but itself', () => {
  const wrong = sources
    .filter(({ file }) => file.startsWith('domain/') && !isTest(file))
    .flatMap(({ file, imports }) =>
      imports.filter(path => folderOf(path) !== 'domain').map(path => `${file} → ${path}`),
    )
  expect(wrong).toEqual([])
})

test('no Drizzle or driver type leaves server/store/', () => {
  const wrong = sources
    .filter(({ file }) => !file.startsWith('server/store/') && !file.startsWith('bench/'))
    // A GeoPackage is a SQLite file; it is written in memory and has nothing to do with the store.
    .filter(({ file }) => file !== 'server/exports/geopackage.ts')
    .flatMap(({ file, imports }) =>
      imports.filter(path => /^(drizzle-orm|better-sqlite3|pg)(\/|$)/.test(path)).map(path => `${file} → ${path}`),
    )
  expect(wrong).toEqual([])
})

test('no import leads in a circle', () => {
  const graph = new Map(sources.map(({ file, imports }) => [file, imports.filter(path => path !== file)]))
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '))
    else if (!done.has(file)) {
      for (const next of graph.get(file) ?? []) if (graph.has(next)) visit(next, [...way, file])
      done.add(file)
    }
  }
  for (const file of graph.keys()) visit(file, [])
  expect(circles).toEqual([])
})

test('data and fixtures hold no code', () => {
  const code = ['data', 'fixtures'].flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter(name =>
      /\.(ts|js|mjs|cjs|vue|py|sh)$/.test(name),
    ),
  )
  expect(code).toEqual([])
})

test('the ten longest files are printed for whoever reads the log', () => {
  const longest = sources
    .filter(({ file }) => !file.endsWith('generated.ts'))
    .toSorted((a, b) => b.lines - a.lines)
    .slice(0, 10)
  console.log(longest.map(({ file, lines }) => `${String(lines).padStart(5)} ${file}`).join('\n'))
  expect(longest).toHaveLength(10)
})
