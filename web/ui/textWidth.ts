/** How wide the widest of some texts is in em: a Chinese character is one, a Latin letter about half of it. */
export function widestEm(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(text => [...text].reduce((sum, char) => sum + (char > '\u2e80' ? 1 : 0.58), 0)))
}
