/** A wall keeps its token in the browser; it comes in the address's fragment once, and leaves the address bar at once. */
const KEY = 'gridwatch.token'

export function takeToken(): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get('token')
  if (given) {
    localStorage.setItem(KEY, given)
    history.replaceState(history.state, '', location.pathname + location.search)
  }
  return localStorage.getItem(KEY)
}

export const keepToken = (token: string): void => localStorage.setItem(KEY, token)
export const dropToken = (): void => localStorage.removeItem(KEY)
