import { withoutPassword } from './store/storeAddress.ts'

/** The environment, parsed once. A wrong value is a `ConfigError` with one line that says what to type instead. */
export class ConfigError extends Error {}

export type Config = {
  readonly host: string
  readonly port: number
  readonly databaseUrl: string
  readonly secret: string | null // null: made once, kept in var/secret
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null
  readonly publicUrl: string | null
  readonly trustProxy: boolean
  readonly demo: 'on' | 'off' | 'auto'
  readonly simulate: number | null // speed, null: off
  readonly basemap: string | null // a PMTiles file
  readonly tianditu: { readonly url: string; readonly key: string | null } | null
}

type Environment = { readonly [name: string]: string | undefined }

export function readConfig(env: Environment): Config {
  return {
    host: env.GRIDWATCH_HOST || '127.0.0.1',
    port: port(env.GRIDWATCH_PORT || '4600'),
    databaseUrl: databaseUrl(env.GRIDWATCH_DATABASE_URL || 'file:var/gridwatch.db'),
    secret: secret(env.GRIDWATCH_SECRET),
    tls: tls(env.GRIDWATCH_TLS_CERT, env.GRIDWATCH_TLS_KEY),
    publicUrl: publicUrl(env.GRIDWATCH_PUBLIC_URL),
    trustProxy: onOff('GRIDWATCH_TRUST_PROXY', env.GRIDWATCH_TRUST_PROXY) === 'on',
    demo: onOff('GRIDWATCH_DEMO', env.GRIDWATCH_DEMO) ?? 'auto',
    simulate: simulate(env.GRIDWATCH_SIMULATE),
    basemap: env.GRIDWATCH_BASEMAP || null,
    tianditu: tianditu(env.GRIDWATCH_TIANDITU_URL, env.GRIDWATCH_TIANDITU_KEY),
  }
}

function port(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > 65_535) throw wrong('GRIDWATCH_PORT', text, 'a port from 0 to 65535')
  return value
}

function databaseUrl(text: string): string {
  if (!/^(file:.|postgres(ql)?:\/\/.)/.test(text))
    throw wrong('GRIDWATCH_DATABASE_URL', withoutPassword(text), 'file:PATH or postgres://…')
  return text
}

function secret(text: string | undefined): string | null {
  if (!text) return null
  if (text.length < 32) throw new ConfigError('GRIDWATCH_SECRET is too short: give at least 32 characters')
  return text
}

function tls(certFile: string | undefined, keyFile: string | undefined): Config['tls'] {
  if (!certFile && !keyFile) return null
  if (!certFile || !keyFile) throw new ConfigError('GRIDWATCH_TLS_CERT and GRIDWATCH_TLS_KEY: set both or neither')
  return { certFile, keyFile }
}

function publicUrl(text: string | undefined): string | null {
  if (!text) return null
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    throw wrong('GRIDWATCH_PUBLIC_URL', text, 'an address such as https://gridwatch.street.example')
  return text.replace(/\/+$/, '')
}

/** There is no address of its own: nothing outside is asked unless somebody wrote down what. */
function tianditu(url: string | undefined, key: string | undefined): Config['tianditu'] {
  if (!url && !key) return null
  if (!url) throw new ConfigError('GRIDWATCH_TIANDITU_KEY is set without GRIDWATCH_TIANDITU_URL: set the address too')
  if (!/^https?:\/\//.test(url) || !URL.canParse(url) || new URL(url).search !== '')
    throw wrong(
      'GRIDWATCH_TIANDITU_URL',
      withoutPassword(url),
      'an address such as http://tianditu.city.example, without ?',
    )
  return { url: url.replace(/\/+$/, ''), key: key || null }
}

function onOff(name: string, text: string | undefined): 'on' | 'off' | null {
  if (!text) return null
  if (text !== 'on' && text !== 'off') throw wrong(name, text, 'on or off')
  return text
}

function simulate(text: string | undefined): number | null {
  if (!text) return 1
  if (text === 'off') return null
  const speed = Number(text)
  if (!/^\d+(\.\d+)?$/.test(text) || speed < 1 || speed > 600)
    throw wrong('GRIDWATCH_SIMULATE', text, 'off, or a speed from 1 to 600')
  return speed
}

function wrong(name: string, value: string, expected: string): ConfigError {
  return new ConfigError(`${name} is "${value}", expected ${expected}`)
}
