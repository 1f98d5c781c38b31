import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { staticFiles } from './staticFiles.ts'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'gridwatch-pages-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  writeFileSync(join(made, 'index.html'), '<p>here</p>')
  return made
}

test.each([
  '/no.html',
  '/index.html/below.html',
  `/${'x'.repeat(300)}.html`,
  `/${'x/'.repeat(3000)}x.html`,
  '/../../etc/passwd.txt',
  '/a\0b.html',
])('what nobody built is absent (%j)', async path => {
  const files = staticFiles(folder()).file
  expect(await files(path, false)).toBeNull()
  expect(await (await files('/index.html', false))?.text()).toBe('<p>here</p>')
})

test('a file that could not be read is read again the next time', async () => {
  const root = folder()
  const files = staticFiles(root).file
  // A link to itself cannot be read, whoever asks.
  symlinkSync('loop.html', join(root, 'loop.html'))
  await expect(files('/loop.html', false)).rejects.toThrow()
  rmSync(join(root, 'loop.html'))
  writeFileSync(join(root, 'loop.html'), 'mended')
  expect(await (await files('/loop.html', false))?.text()).toBe('mended')
})
