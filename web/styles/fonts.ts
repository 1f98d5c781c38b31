/**
 * Self-hosted fonts. A canvas (map labels, deck.gl, ECharts) draws with whatever is loaded at that moment and keeps
 * it, so every face that a text needs is loaded first. Noto Sans SC comes in about a hundred slices by characters:
 * only the slices of the given text are fetched.
 */
const NOTO_WEIGHTS = [400, 500, 700]
const INTER_WEIGHTS = [400, 500, 600, 700]
const asked = new Map<string, Promise<unknown>>()
let rules: Promise<unknown> | undefined

/** Which slice holds which characters, in three weights: a page whose first picture has no text begins without it. */
export function fontRules(): Promise<unknown> {
  rules ??= import('./fonts.css').catch(() => {
    rules = undefined // asked for again with the next text
  })
  return rules
}

/** Resolves when the text can be drawn. A face that fails to load is not worth a blank wall: the system's is drawn. */
export async function loadFonts(text: string): Promise<void> {
  await fontRules()
  const fresh = [...new Set(text)].filter(char => !asked.has(char))
  if (fresh.length > 0) {
    const chars = fresh.join('')
    const loading = Promise.allSettled([
      ...NOTO_WEIGHTS.map(weight => document.fonts.load(`${weight} 16px "Noto Sans SC"`, chars)),
      ...INTER_WEIGHTS.map(weight => document.fonts.load(`${weight} 16px "Inter Variable"`, chars)),
    ])
    for (const char of fresh) asked.set(char, loading)
  }
  await Promise.all(new Set([...text].map(char => asked.get(char))))
}
