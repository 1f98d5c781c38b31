import type { KeyAction } from './conductorKeys.ts'

/** Where the needle stands, and the stretch under it; `last`: its latest instant. Epoch ms. */
export type Needle = { readonly at: number; readonly from: number; readonly last: number }
export type Handle = {
  seek(at: number): void
  toggle(): void
  /** To the next faster (1) or slower (−1) speed. */
  turn(step: 1 | -1): void
  toNow(): void
}

/** What a key does to a conductor, on whatever page it stands. */
export function act(action: KeyAction, { at, from, last }: Needle, handle: Handle): void {
  switch (action.kind) {
    case 'move':
      handle.seek(at + action.by)
      break
    case 'start':
      handle.seek(from)
      break
    case 'end':
      handle.seek(last)
      break
    case 'toggle':
      handle.toggle()
      break
    case 'faster':
      handle.turn(1)
      break
    case 'slower':
      handle.turn(-1)
      break
    case 'now':
      handle.toNow()
      break
    default:
      action satisfies never
  }
}
