import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { storeFile, storeName } from './storeAddress.ts'

test.each([
  ['file:var/city.db', resolve('var/city.db'), `file:${resolve('var/city.db')}`],
  ['file:/srv/city.db', '/srv/city.db', 'file:/srv/city.db'],
  ['file:///srv/a%20b.db', '/srv/a b.db', 'file:/srv/a b.db'],
  ['file::memory:', null, 'file::memory:'],
  ['postgres://me:secret@host/city', null, 'postgres://…@host/city'],
])('%s lies in the file %s and is called %s', (url, file, name) => {
  expect([storeFile(url), storeName(url)]).toEqual([file, name])
})
