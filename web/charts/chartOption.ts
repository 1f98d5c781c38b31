import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts'
import type { GridComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'

export type ChartOption = ComposeOption<BarSeriesOption | LineSeriesOption | GridComponentOption>
/** The colours that charts may use: ink only. */
export type Ink = { readonly k1: string; readonly k3: string; readonly k4: string; readonly l3: string }

const HIDDEN = { show: false } as const

/** A single bar: rated, resolved and not rated, open. */
export function flowOption(parts: { rated: number; unrated: number; open: number }, ink: Ink): ChartOption {
  const total = parts.rated + parts.unrated + parts.open
  const part = (n: number, color: string): BarSeriesOption => ({
    type: 'bar',
    stack: 'flow',
    data: [n],
    barWidth: '100%',
    silent: true,
    itemStyle: { color },
  })
  return {
    animation: false,
    grid: { left: 0, right: 0, top: 0, bottom: 0 },
    xAxis: { type: 'value', max: Math.max(1, total), ...HIDDEN },
    yAxis: { type: 'category', data: [''], ...HIDDEN },
    series: [part(parts.rated, ink.k3), part(parts.unrated, ink.k4), part(parts.open, ink.k1)],
  }
}

/** One bar per category from the top, on a scale that the most frequent fills. */
export function categoriesOption(counts: readonly number[], ink: Ink): ChartOption {
  return {
    animation: false,
    grid: { left: 0, right: 0, top: 0, bottom: 0 },
    xAxis: { type: 'value', max: Math.max(1, ...counts), ...HIDDEN },
    yAxis: { type: 'category', inverse: true, data: counts.map((_, index) => String(index)), ...HIDDEN },
    series: [{ type: 'bar', data: [...counts], barWidth: '45%', silent: true, itemStyle: { color: ink.k4 } }],
  }
}

/** Reported and resolved per hour: a day of work in two lines. */
export function dayOption(
  hours: readonly { readonly reported: number; readonly resolved: number }[],
  ink: Ink,
  unitPx: number,
): ChartOption {
  const line = (data: number[], color: string, width: number): LineSeriesOption => ({
    type: 'line',
    data,
    showSymbol: false,
    silent: true,
    lineStyle: { color, width: width * unitPx },
  })
  return {
    animation: false,
    grid: { left: 0, right: 0, top: 4 * unitPx, bottom: 2 * unitPx },
    xAxis: {
      type: 'category',
      data: Array.from({ length: 24 }, (_, hour) => String(hour)),
      boundaryGap: false,
      ...HIDDEN,
    },
    yAxis: { type: 'value', min: 0, ...HIDDEN },
    series: [
      line(
        hours.map(hour => hour.reported),
        ink.k3,
        1.6,
      ),
      line(
        hours.map(hour => hour.resolved),
        ink.k1,
        1.6,
      ),
    ],
  }
}

const FLOOR = 0.5 // Below half, how far below is no news on a sparkline of 20 pixels.

export type Trend = { readonly hours: readonly (number | null)[]; readonly isLow: boolean }
/** One small line per area under each other, each with the whole area's rate dashed. All share one scale. */
export function trendsOption(trends: readonly Trend[], whole: number | null, ink: Ink, unitPx: number): ChartOption {
  const known = trends.flatMap(trend => trend.hours.filter(value => value !== null))
  const least = Math.max(FLOOR, Math.min(whole ?? 1, 0.9, ...known))
  const height = 100 / Math.max(1, trends.length)
  const hours = Math.max(2, ...trends.map(trend => trend.hours.length))
  return {
    animation: false,
    grid: trends.map((_, index) => ({
      left: 0,
      right: 0,
      top: `${index * height + height * 0.14}%`,
      height: `${height * 0.72}%`,
    })),
    xAxis: trends.map((_, gridIndex) => ({
      type: 'category' as const,
      gridIndex,
      boundaryGap: false,
      data: Array.from({ length: hours }, (_hour, hour) => String(hour)),
      ...HIDDEN,
    })),
    yAxis: trends.map((_, gridIndex) => ({ type: 'value' as const, gridIndex, min: least, max: 1, ...HIDDEN })),
    series: trends.flatMap(({ hours: values, isLow }, index): LineSeriesOption[] => {
      const shared = { type: 'line' as const, xAxisIndex: index, yAxisIndex: index, silent: true, animation: false }
      const line: LineSeriesOption = {
        ...shared,
        data: values.map(value => (value === null ? null : Math.max(least, value))),
        connectNulls: true,
        symbolSize: 3 * unitPx,
        showSymbol: values.filter(value => value !== null).length === 1,
        itemStyle: { color: isLow ? ink.k1 : ink.k3 },
        lineStyle: { color: isLow ? ink.k1 : ink.k3, width: 1.6 * unitPx },
      }
      const reference: LineSeriesOption = {
        ...shared,
        data: Array.from({ length: hours }, () => whole),
        showSymbol: false,
        lineStyle: { color: ink.l3, width: unitPx, type: [2 * unitPx, 3 * unitPx] },
      }
      return whole === null ? [line] : [reference, line]
    }),
  }
}
