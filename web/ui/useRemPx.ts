import { onScopeDispose, readonly, shallowRef } from 'vue'

export const remPx = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize)

/** The page's rem in CSS pixels, for what is drawn on a canvas. It changes with the window. */
export function useRemPx() {
  const px = shallowRef(remPx())
  const measure = () => {
    px.value = remPx()
  }
  addEventListener('resize', measure)
  onScopeDispose(() => removeEventListener('resize', measure))
  return readonly(px)
}
