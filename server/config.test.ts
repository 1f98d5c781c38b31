import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

test('an empty environment gives one machine on 127.0.0.1:4600 with a store in var/', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 4600,
    databaseUrl: 'file:var/gridwatch.db',
    secret: null,
    tls: null,
    publicUrl: null,
    trustProxy: false,
    demo: 'auto',
    simulate: 1,
    basemap: null,
    tianditu: null,
  })
})

test.each([
  [{ GRIDWATCH_PORT: '70000' }, 'GRIDWATCH_PORT is "70000", expected a port from 0 to 65535'],
  [{ GRIDWATCH_PORT: '4600x' }, 'GRIDWATCH_PORT is "4600x", expected a port from 0 to 65535'],
  [
    { GRIDWATCH_DATABASE_URL: 'mysql://u:p@h/d' },
    'GRIDWATCH_DATABASE_URL is "mysql://…@h/d", expected file:PATH or postgres://…',
  ],
  [{ GRIDWATCH_SECRET: 'short' }, 'GRIDWATCH_SECRET is too short: give at least 32 characters'],
  [{ GRIDWATCH_TLS_CERT: 'a.pem' }, 'GRIDWATCH_TLS_CERT and GRIDWATCH_TLS_KEY: set both or neither'],
  [
    { GRIDWATCH_PUBLIC_URL: 'gridwatch' },
    'GRIDWATCH_PUBLIC_URL is "gridwatch", expected an address such as https://gridwatch.street.example',
  ],
  [{ GRIDWATCH_TRUST_PROXY: 'yes' }, 'GRIDWATCH_TRUST_PROXY is "yes", expected on or off'],
  [{ GRIDWATCH_DEMO: 'true' }, 'GRIDWATCH_DEMO is "true", expected on or off'],
  [{ GRIDWATCH_SIMULATE: '0.5' }, 'GRIDWATCH_SIMULATE is "0.5", expected off, or a speed from 1 to 600'],
  [
    { GRIDWATCH_TIANDITU_KEY: 'k' },
    'GRIDWATCH_TIANDITU_KEY is set without GRIDWATCH_TIANDITU_URL: set the address too',
  ],
  [
    { GRIDWATCH_TIANDITU_URL: 'tianditu' },
    'GRIDWATCH_TIANDITU_URL is "tianditu", expected an address such as http://tianditu.city.example, without ?',
  ],
  [{ GRIDWATCH_SIMULATE: '601' }, 'GRIDWATCH_SIMULATE is "601", expected off, or a speed from 1 to 600'],
])('%o is refused with one line', (env, message) => {
  expect(() => readConfig(env)).toThrow(new ConfigError(message))
})
