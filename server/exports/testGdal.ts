/** Debian's gdal-bin and python3-gdal, which read in tests what is written here. */
import { execFileSync, spawnSync } from 'node:child_process'
import { test } from 'vitest'

/** Debian's own Python: another one, first in the path, would not know GDAL. */
const PYTHON = '/usr/bin/python3'

const isThere =
  spawnSync('gdalinfo', ['--version']).status === 0 && spawnSync(PYTHON, ['-c', 'import osgeo']).status === 0
if (!isThere) {
  const said = 'gdal-bin and python3-gdal are missing: the files are not read back'
  if (process.env['CI']) throw new Error(said)
  console.warn(`skipped: ${said}`)
}

/** A test that reads files back; where GDAL is missing it is skipped, in CI it fails. */
export const gdalTest = test.skipIf(!isThere)

export function gdal(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

export function python(code: string, ...args: readonly string[]): string {
  return execFileSync(PYTHON, ['-c', code, ...args], { encoding: 'utf8' })
}
