/** How a page without a token gets one: it makes its own, shows the code of it, and waits until somebody approves. */

export type Pairing = { readonly code: string; readonly expiresAt: number }

/** Of /pair's answer; null when it isn't one. */
export function readPairing(answer: unknown): Pairing | null {
  if (typeof answer !== 'object' || answer === null || !('code' in answer) || !('expiresAt' in answer)) return null
  const expiresAt = Date.parse(String(answer.expiresAt))
  return typeof answer.code === 'string' && !Number.isNaN(expiresAt) ? { code: answer.code, expiresAt } : null
}

/** `ABCD2345` is read aloud more easily as two halves. */
export function spelledCode(code: string): string {
  const half = Math.ceil(code.length / 2)
  return /^[0-9A-Za-z]{6,}$/.test(code) ? `${code.slice(0, half)} ${code.slice(half)}` : code
}

export async function askPairing(candidate: string): Promise<Pairing | null> {
  const response = await fetch('/pair', { method: 'POST', headers: { authorization: `Bearer ${candidate}` } })
  return response.ok ? readPairing(await response.json()) : null
}

export async function isApproved(candidate: string): Promise<boolean> {
  const response = await fetch('/pair', { headers: { authorization: `Bearer ${candidate}` } })
  if (!response.ok) return false
  const answer: unknown = await response.json()
  return typeof answer === 'object' && answer !== null && 'approved' in answer && answer.approved === true
}
