/** The day under the conductor, in units of the store's local day: x in 0…1 of the day, y in 0…1 of the fullest bin. */
import type { FlowBin } from '../stores/wallState.ts'

export type Bar = {
  readonly x: number
  readonly width: number
  readonly n: number
  readonly height: number
  readonly isNow: boolean
  readonly isLater: boolean // not yet at the instant shown; known all the same when that is past
}
export type Histogram = {
  readonly bars: readonly Bar[]
  readonly breaches: readonly number[] // x of each bin that holds breached deadlines
  readonly hours: readonly { readonly x: number; readonly label: string }[]
  readonly nowX: number
  readonly most: number
}

/** Joins the fine bins of the API to bins of `binMs`. Of a day that goes on nothing is known after `now`. */
export function histogram(
  flow: readonly FlowBin[],
  day: { readonly from: number; readonly to: number },
  now: number,
  binMs: number,
  hourStep: number,
): Histogram {
  const length = day.to - day.from
  const counts = new Map<number, number>()
  for (const bin of flow) {
    const start = Math.floor((bin.from - day.from) / binMs)
    counts.set(start, (counts.get(start) ?? 0) + bin.reported)
  }
  const most = Math.max(1, ...counts.values())
  const width = binMs / length
  return {
    bars: [...counts].flatMap(([start, n]) => {
      const x = (start * binMs) / length
      const from = day.from + start * binMs
      return n === 0
        ? []
        : [{ x, width, n, height: n / most, isNow: from <= now && now < from + binMs, isLater: from > now }]
    }),
    breaches: flow
      .filter(bin => bin.breached > 0 && bin.from <= now)
      .map(bin => ((bin.from + bin.to) / 2 - day.from) / length),
    hours: Array.from({ length: Math.ceil(length / 3_600_000 / hourStep) }, (_, index) => ({
      x: (index * hourStep * 3_600_000) / length,
      label: String(index * hourStep).padStart(2, '0'),
    })),
    nowX: Math.min(1, Math.max(0, (now - day.from) / length)),
    most,
  }
}

/** Where the day lies on the page, in rem. */
export type DayBox = { readonly fromRem: number; readonly widthRem: number; readonly pageRem: number }
const NEEDLE_LABEL_REM = 4.2
const HOUR_LABEL_REM = 1.5
const LEGEND_REM = 16

/** Whether the needle's label stands left of it: where it would leave the day or cross one of `seams` (shares of the page). */
export function isLabelLeft(x: number, box: DayBox, seams: readonly number[]): boolean {
  const at = box.fromRem + x * box.widthRem
  return x * box.widthRem + NEEDLE_LABEL_REM > box.widthRem || crosses(at, NEEDLE_LABEL_REM, box, seams)
}

/** Whether the legend goes to the day's beginning: the needle and its label stand where it was. */
export const isLegendEarly = (x: number, box: DayBox): boolean => (1 - x) * box.widthRem < NEEDLE_LABEL_REM + LEGEND_REM

/** Whether an hour's label would cross a seam: it is left out. */
export const isHourCut = (x: number, box: DayBox, seams: readonly number[]): boolean =>
  crosses(box.fromRem + x * box.widthRem, HOUR_LABEL_REM, box, seams)

const crosses = (fromRem: number, lengthRem: number, { pageRem }: DayBox, seams: readonly number[]): boolean =>
  seams.some(seam => fromRem <= seam * pageRem && fromRem + lengthRem > seam * pageRem)
