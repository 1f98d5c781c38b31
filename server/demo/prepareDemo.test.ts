import { expect, onTestFinished, test } from 'vitest'
import { openApp } from '../openApp.ts'
import { testApp } from '../testing/testApp.ts'
import { prepareDemo } from './prepareDemo.ts'

/** Stops at the first word, so that what was said was said before anything was done. */
async function saidFirst(url: string, demo?: 'off'): Promise<string | null> {
  const app = await openApp({ GRIDWATCH_DATABASE_URL: url, ...(demo ? { GRIDWATCH_DEMO: demo } : {}) })
  onTestFinished(() => app.store.close())
  const filling = prepareDemo(
    app,
    () => {},
    line => {
      throw new Error(line)
    },
  )
  return filling.then(
    () => null,
    (error: Error) => error.message,
  )
}

test('an empty store is filled with the demo street only after it was said which one, and how to keep it empty', async () => {
  const { url, app } = await testApp(async () => {})
  expect(await saidFirst(url)).toBe(`filling the demo street into ${url}; GRIDWATCH_DEMO=off keeps a store empty`)
  expect(await app.store.reference.settings()).toEqual({})
})

test('nothing is said, and nothing filled in, where the demo is off or the data is real', async () => {
  const { url, app } = await testApp(async () => {})
  expect(await saidFirst(url, 'off')).toBe(null)
  expect(await app.store.reference.revision()).toBe(0)
  expect(await saidFirst((await testApp()).url)).toBe(null)
})
