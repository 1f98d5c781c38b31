/** Views that somebody gave a name, kept in this browser and nowhere else. */
export type SavedView = { readonly name: string; readonly query: { readonly [key: string]: string | string[] } }

const KEY = 'gridwatch.studio.views'
type Keeper = Pick<Storage, 'getItem' | 'setItem'>

/** What isn't a list of views, as another version or hand may have left it, is no view. */
export function keptViews(keeper: Keeper): SavedView[] {
  try {
    const kept: unknown = JSON.parse(keeper.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isSavedView) : []
  } catch {
    return []
  }
}

/** False when the browser keeps nothing, as in a private window that is full. */
export function keepViews(keeper: Keeper, views: readonly SavedView[]): boolean {
  try {
    keeper.setItem(KEY, JSON.stringify(views))
    return true
  } catch {
    return false
  }
}

function isSavedView(value: unknown): value is SavedView {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('query' in value)) return false
  const { name, query } = value
  return typeof name === 'string' && name !== '' && typeof query === 'object' && query !== null
}
