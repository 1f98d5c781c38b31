/** A binary heap of integer items, smallest key first. Stale entries are the caller's to skip. */
export class Heap {
  readonly #items: number[] = []
  readonly #keys: number[] = []

  get size(): number {
    return this.#items.length
  }

  push(item: number, key: number): void {
    let i = this.#items.length
    this.#items.push(item)
    this.#keys.push(key)
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (this.#key(parent) <= key) break
      this.#set(i, this.#item(parent), this.#key(parent))
      i = parent
    }
    this.#set(i, item, key)
  }

  /** The item with the smallest key; -1 when empty. */
  pop(): number {
    const top = this.#items[0]
    const item = this.#items.pop()
    const key = this.#keys.pop()
    if (top === undefined || item === undefined || key === undefined) return -1
    const size = this.#items.length
    if (size === 0) return top
    let i = 0
    for (;;) {
      const left = 2 * i + 1
      if (left >= size) break
      const child = left + 1 < size && this.#key(left + 1) < this.#key(left) ? left + 1 : left
      if (this.#key(child) >= key) break
      this.#set(i, this.#item(child), this.#key(child))
      i = child
    }
    this.#set(i, item, key)
    return top
  }

  #item = (i: number): number => this.#items[i] ?? -1
  #key = (i: number): number => this.#keys[i] ?? Number.POSITIVE_INFINITY
  #set = (i: number, item: number, key: number): void => {
    this.#items[i] = item
    this.#keys[i] = key
  }
}
