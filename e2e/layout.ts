/** What is wrong with a wall's layout, as sentences; run in the page. */

/** Texts that leave their zone or are cut off without an ellipsis, and texts that cross one of `seams` (CSS pixels). */
export function layoutFaults(seams: readonly number[]): string[] {
  const faults: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? ''
    const element = node.parentElement
    const zone = element?.closest<HTMLElement>('[data-zone]')
    // Pins lie on the map and may leave its edge with their place; what nobody sees cannot be cut.
    if (text === '' || !element || !zone || element.closest('.map-pins, script, style')) continue
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const name = `${zone.dataset['zone']}: “${text.slice(0, 24)}”`
    for (const box of range.getClientRects()) {
      if (box.width === 0) continue
      const limit = visibleBox(element, box)
      if (limit !== null) faults.push(`${name} is cut: ${limit}`)
      for (const seam of seams)
        if (box.left < seam - 1 && box.right > seam + 1) faults.push(`${name} crosses the seam at ${seam}`)
    }
  }
  return [...new Set(faults)]

  /** By which ancestor, and how, a text's box is cut off; null: it is whole, or ends in an ellipsis. */
  function visibleBox(of: HTMLElement, box: DOMRect): string | null {
    const room = Number.parseFloat(getComputedStyle(of).fontSize) * 0.35 // a line's box is taller than its letters
    for (let at: HTMLElement | null = of; at; at = at.parentElement) {
      const style = getComputedStyle(at)
      const own = at.getBoundingClientRect()
      const isClipping = style.overflowX !== 'visible' || at.dataset['zone'] !== undefined
      if (isClipping && style.display !== 'inline') {
        if (style.textOverflow === 'ellipsis') return null
        if (box.right > own.right + 1 || box.left < own.left - 1)
          return `x ${box.left.toFixed(0)}…${box.right.toFixed(0)} in ${own.left.toFixed(0)}…${own.right.toFixed(0)}`
        if (box.bottom > own.bottom + room || box.top < own.top - room)
          return `y ${box.top.toFixed(0)}…${box.bottom.toFixed(0)} in ${own.top.toFixed(0)}…${own.bottom.toFixed(0)}`
      }
      if (at.dataset['zone'] !== undefined) return null
    }
    return null
  }
}

/** Pairs of texts of different elements that lie on each other, outside the map. */
export function overlaps(): string[] {
  const texts: { zone: string; text: string; box: DOMRect; element: HTMLElement }[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? ''
    const element = node.parentElement
    const zone = element?.closest<HTMLElement>('[data-zone]')?.dataset['zone']
    if (text === '' || !element || !zone || zone === 'map' || element.closest('.map-pins')) continue
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const [box] = range.getClientRects()
    if (!box || box.width === 0) continue
    // Of an ellipsed text only what its element shows.
    const own = getComputedStyle(element).textOverflow === 'ellipsis' ? element.getBoundingClientRect() : box
    const right = Math.min(box.right, own.right)
    texts.push({ zone, text, element, box: new DOMRect(box.left, box.top, Math.max(0, right - box.left), box.height) })
  }
  const faults: string[] = []
  for (const [index, one] of texts.entries())
    for (const other of texts.slice(index + 1)) {
      if (one.zone !== other.zone || one.element === other.element) continue
      const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
      const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
      // Lines are set tight: letters meet only when a good part of the line does.
      if (width > 2 && height > 0.45 * Math.min(one.box.height, other.box.height))
        faults.push(`${one.zone}: “${one.text.slice(0, 16)}” lies on “${other.text.slice(0, 16)}”`)
    }
  return [...new Set(faults)]
}

/** Bells that stand outside the padding of their column: left of everything else in it. */
export function hangingBells(): string[] {
  const column = document.querySelector('[data-zone="queue"] .queue')
  if (!column) return ['there is no queue']
  const { left } = column.getBoundingClientRect()
  return [...column.querySelectorAll('.bell')].flatMap(bell => {
    const at = bell.getBoundingClientRect().left
    return at < left ? [`queue: a bell hangs ${(left - at).toFixed(0)} px left of its column`] : []
  })
}
