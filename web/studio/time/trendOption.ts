/** The trend as an ECharts option: bars of the period, the compared one as a line at the same distance from its begin. */
import type { ChartOption, Ink } from '../../charts/chartOption.ts'
import type { Bar } from './series.ts'

/** Where the bars begin and end, in rem. */
export const TREND_REM = { left: 2.125, right: 0.375, bottom: 1.25 } as const

/** `isOn`: which bars lie in what plays; the others step back. */
export function trendOption(
  bars: readonly Bar[],
  other: readonly Bar[],
  isOn: (bar: Bar) => boolean,
  ink: Ink,
  remPx: number,
): ChartOption {
  const fontSize = 0.6875 * remPx
  const most = Math.max(4, ...bars.map(bar => bar.n), ...other.map(bar => bar.n))
  return {
    animation: false,
    grid: {
      left: TREND_REM.left * remPx,
      right: TREND_REM.right * remPx,
      top: 0.5 * remPx,
      bottom: TREND_REM.bottom * remPx,
    },
    xAxis: {
      type: 'category',
      data: bars.map(bar => bar.label),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink.l3 } },
      axisLabel: { color: ink.k3, fontSize, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      max: most,
      splitNumber: 3,
      axisLabel: { color: ink.k3, fontSize },
      splitLine: { lineStyle: { color: ink.l3, opacity: 0.35 } },
    },
    series: [
      {
        type: 'bar',
        silent: true,
        barCategoryGap: '18%',
        data: bars.map(bar => ({
          value: bar.n,
          itemStyle: { color: isOn(bar) ? ink.k3 : ink.l3, opacity: isOn(bar) ? 1 : 0.5 },
        })),
      },
      ...(other.length === 0
        ? []
        : [
            {
              type: 'line' as const,
              silent: true,
              showSymbol: false,
              data: other.slice(0, bars.length).map(bar => bar.n),
              lineStyle: { color: ink.k1, width: 1.4, type: 'dashed' as const },
            },
          ]),
    ],
  }
}
