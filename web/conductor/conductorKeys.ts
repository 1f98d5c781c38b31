/** What a key asks of the time conductor. `by`: ms forwards or back. */
export type KeyAction =
  | { readonly kind: 'move'; readonly by: number }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'faster' }
  | { readonly kind: 'slower' }
  | { readonly kind: 'now' }

const MINUTE = 60_000

/** Null: the key is not the conductor's, or belongs to a browser's own shortcut. */
export function keyAction(event: {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
}): KeyAction | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null
  const step = event.shiftKey ? 10 * MINUTE : MINUTE
  switch (event.key) {
    case 'ArrowLeft':
      return { kind: 'move', by: -step }
    case 'ArrowRight':
      return { kind: 'move', by: step }
    case 'PageUp':
      return { kind: 'move', by: -60 * MINUTE }
    case 'PageDown':
      return { kind: 'move', by: 60 * MINUTE }
    case 'Home':
      return { kind: 'start' }
    case 'End':
      return { kind: 'end' }
    case ' ':
      return { kind: 'toggle' }
    case 'ArrowUp':
      return { kind: 'faster' }
    case 'ArrowDown':
      return { kind: 'slower' }
    case 'n':
    case 'N':
    case 'Escape':
      return { kind: 'now' }
    default:
      return null
  }
}
