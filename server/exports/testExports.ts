/** The invented street with incidents on it, and the shell's export over it. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { main } from '../cli/main.ts'
import { HOUR, IN_EAST_1, IN_WEST_1, IN_WEST_2, MINUTE, SECOND, T0, viewer, WEST } from '../testing/street.ts'
import { type TestApp, testApp } from '../testing/testApp.ts'

const dispatcher = viewer('dispatcher')
export const WINDOW = ['--from', new Date(T0 - HOUR).toISOString(), '--to', new Date(T0 + HOUR).toISOString()]

export type ExportedStreet = TestApp & {
  file(name: string): string
  /** `gridwatch export …` */
  run(...args: string[]): Promise<{ code: number; out: string[]; err: string[] }>
  sidecar(file: string): ReturnType<typeof JSON.parse>
}

/** Twelve in 西苑一格, six in 西苑二格, one in 东苑一格, one without a place, one voided. */
export async function exportedStreet(): Promise<ExportedStreet> {
  const street = await testApp()
  const report = (place: { lng: number; lat: number } | null, more: object = {}) =>
    street.does(dispatcher, {
      verb: 'report',
      category: 'rubbish',
      ...(place === null ? { area: WEST } : { place }),
      source: 'hotline',
      title: '张三家门口有垃圾',
      ...more,
    })
  for (let i = 0; i < 12; i++) {
    await report(IN_WEST_1)
    street.clock.now += SECOND
  }
  for (let i = 0; i < 6; i++) await report(IN_WEST_2, { category: 'fire' })
  await report(IN_EAST_1)
  await report(null)
  const wrong = await report(IN_WEST_1)
  await street.does(dispatcher, { verb: 'void', incident: wrong, reason: '误报' })
  street.clock.now += 5 * MINUTE
  const folder = dirname(street.url.slice('file:'.length))
  const file = (name: string) => join(folder, name)
  return {
    ...street,
    file,
    sidecar: name => JSON.parse(readFileSync(file(name), 'utf8')),
    async run(...args) {
      const out: string[] = []
      const err: string[] = []
      const env = { GRIDWATCH_DATABASE_URL: street.url, GRIDWATCH_SECRET: 'a secret of at least 32 characters' }
      const io = { env, out: (line: string) => out.push(line), err: (line: string) => err.push(line), progress: null }
      return { code: await main(['export', ...args], io), out, err }
    },
  }
}
