import { onScopeDispose, type Ref, shallowRef, watchPostEffect } from 'vue'

export type Corner = { readonly x: number; readonly y: number }

/** Where an element's lower right corner is in what it is placed in, after each layout that moved it; null without it. */
export function useCorner(element: () => HTMLElement | null): Readonly<Ref<Corner | null>> {
  const corner = shallowRef<Corner | null>(null)
  let watched: HTMLElement | null = null
  // The browser tells when it has laid the page out: asking in between would lay it out once more.
  const observer = new ResizeObserver(() => {
    if (watched === null) return
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = watched
    const [x, y] = [offsetLeft + offsetWidth, offsetTop + offsetHeight]
    if (corner.value?.x !== x || corner.value.y !== y) corner.value = { x, y }
  })
  watchPostEffect(() => {
    const next = element()
    if (next === watched) return
    observer.disconnect()
    watched = next
    if (next === null) corner.value = null
    else observer.observe(next)
  })
  onScopeDispose(() => observer.disconnect())
  return corner
}
