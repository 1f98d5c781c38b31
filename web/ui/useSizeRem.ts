import { onScopeDispose, type Ref, shallowRef, watchEffect } from 'vue'
import { remPx } from './useRemPx.ts'

export type SizeRem = { readonly widthRem: number; readonly heightRem: number }

/** How large an element's content is, in the page's rem; null until it is laid out. */
export function useSizeRem(element: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<SizeRem | null>> {
  const size = shallowRef<SizeRem | null>(null)
  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return
    const px = remPx()
    size.value = { widthRem: entry.contentRect.width / px, heightRem: entry.contentRect.height / px }
  })
  watchEffect(() => {
    observer.disconnect()
    if (element.value) observer.observe(element.value)
  })
  onScopeDispose(() => observer.disconnect())
  return size
}
