/** Figures as people read them: fixed decimals, their unit, and their formula with the numbers in it. */
import { useI18n } from 'vue-i18n'
import { elapsedText } from '../sla/duration.ts'
import { useWords } from '../ui/useWords.ts'
import { clockFigure, type Extent, type Figure, type FigureId, type FigureKind, type FigureRow } from './figures.ts'

const HOUR_MS = 3_600_000
export const NOTHING = '—'

export function useFigureText() {
  const { t } = useI18n()
  const words = useWords()
  const clockName = (clock: string) => words.clockName(clock)

  function name(id: FigureId): string {
    const [measure, clock] = clockFigure(id)
    return measure === null ? t(`areas.figure.${id}`) : t(`areas.figure.${measure}`, { clock: clockName(clock) })
  }
  function value(kind: FigureKind, figure: number | null): string {
    if (figure === null) return NOTHING
    if (kind === 'count') return words.count(figure)
    if (kind === 'share') return (figure * 100).toFixed(1)
    if (kind === 'duration') return elapsedText(figure)
    return figure.toFixed(kind === 'density' ? 2 : 1)
  }
  /** With its sign; a share in percentage points. */
  function difference(kind: FigureKind, a: number | null, b: number | null): string {
    if (a === null || b === null) return NOTHING
    const by = a - b
    const shown = value(kind, Math.abs(by))
    // What rounds to nothing has no sign.
    if (/^[0.:]*$/.test(shown)) return `±${shown}`
    return `${by > 0 ? '+' : '−'}${shown}`
  }
  const unit = (kind: FigureKind) => t(`areas.unit.${kind}`)
  /** How many it is of: `182/193`, or the number alone. */
  const n = ({ part, of }: Figure) => (part === null ? words.count(of) : `${words.count(part)}/${words.count(of)}`)

  function formula(figure: Figure, row: FigureRow, extent: Extent): string {
    const [measure, clock] = clockFigure(figure.id)
    const result = value(figure.kind, figure.value)
    const values = {
      clock: clockName(clock),
      part: words.count(figure.part ?? 0),
      of: words.count(figure.of),
      result,
      rank: words.count(Math.ceil(((measure === 'p90' ? 90 : 50) * figure.of) / 100)),
      households: extent.households === null ? NOTHING : words.count(extent.households),
      days: extent.days.toFixed(2),
      hours: row.dutyMs === null ? NOTHING : (row.dutyMs / HOUR_MS).toFixed(1),
    }
    return t(`areas.formula.${measure ?? figure.id}`, values)
  }
  return { name, value, difference, unit, n, formula }
}
