import { type Config, ConfigError } from '../config.ts'

/** What is in the store: nothing, the demo street, or somebody's real data. */
export type StoreContent = 'empty' | 'demo' | 'real'

/** Does this start show the demo street? */
export function isDemoStart(config: Pick<Config, 'demo' | 'databaseUrl'>, content: StoreContent): boolean {
  if (config.demo === 'off') return false
  if (content !== 'real') return true
  if (config.demo === 'auto') return false
  throw new ConfigError(
    'this store holds real data, so the demo cannot run on it; start without GRIDWATCH_DEMO, or give the demo a store of its own: GRIDWATCH_DATABASE_URL=file:var/demo.db GRIDWATCH_DEMO=on gridwatch start',
  )
}

export function storeContent(head: number, areas: number, settings: { readonly [key: string]: unknown }): StoreContent {
  if (settings.demo === true) return 'demo'
  return head === 0 && areas === 0 ? 'empty' : 'real'
}
