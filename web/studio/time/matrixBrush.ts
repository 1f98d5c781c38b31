/** Hours and weekdays as a rectangle of the matrix. */
export type Cell = { readonly weekday: number; readonly hour: number }
type Chosen = { readonly hour: readonly number[] | null; readonly weekday: readonly number[] | null }

/** All of a side is no choice: then nothing is left out. */
export function rectangle(from: Cell, to: Cell): Chosen {
  const run = (a: number, b: number, whole: number) => {
    const [first, last] = [Math.min(a, b), Math.max(a, b)]
    const all = Array.from({ length: last - first + 1 }, (_, i) => first + i)
    return all.length === whole ? null : all
  }
  return { hour: run(from.hour, to.hour, 24), weekday: run(from.weekday, to.weekday, 7) }
}

export function isChosen({ hour, weekday }: Chosen, cell: Cell): boolean {
  return (hour === null || hour.includes(cell.hour)) && (weekday === null || weekday.includes(cell.weekday))
}
