import { type ChartOption, LINE, svgOf, TEXT } from './svg.ts'

/** One unit's bar: its parts in the order of `parts`, its total as printed. */
export interface RankingBar {
  name: string
  /** as printed; null where there is none */
  values: readonly (string | null)[]
  total: string
}

/** Dark enough that white figures on them can be read, and told apart without colour by their order. */
const COLOURS = [
  '#9b1b1e',
  '#3d5a73',
  '#7a5c1e',
  '#4a6b4f',
  '#6b4a73',
  '#5c5550',
  '#a4502a',
  '#2f6f73',
]

const ROW = 26
const WIDTH = 1100

/**
 * The ranking as bars, best on top: each bar is built from the dimensions, left to right in the order of
 * the legend, every part with its figure; the total stands at its end.
 */
export function rankingChart(parts: readonly string[], bars: readonly RankingBar[]): string {
  const longest = Math.max(0, ...bars.map(({ name }) => name.length))
  const option: ChartOption = {
    color: COLOURS,
    legend: { top: 4, left: 'center', data: [...parts], itemWidth: 14, itemHeight: 10 },
    grid: {
      top: 40,
      bottom: 28,
      left: Math.min(16, longest) * 13 + 16,
      right: 70,
    },
    xAxis: { type: 'value', splitLine: { lineStyle: { color: LINE } }, axisLabel: { color: TEXT } },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      axisTick: { show: false },
      axisLabel: { color: TEXT, width: 16 * 13, overflow: 'truncate', interval: 0 },
    },
    series: [
      ...parts.map((name, index) => ({
        type: 'bar' as const,
        name,
        stack: 'total',
        barWidth: ROW - 8,
        itemStyle: { borderColor: '#fff', borderWidth: 1 },
        data: bars.map(({ values }) => values[index] ?? null),
        label: { show: true, color: '#fff', fontSize: 10, formatter: labelled },
      })),
      {
        type: 'bar' as const,
        stack: 'total',
        silent: true,
        data: bars.map(({ total }) => ({
          value: 0,
          label: {
            show: true,
            position: 'right' as const,
            color: TEXT,
            fontWeight: 'bold' as const,
            formatter: total,
          },
        })),
      },
    ],
  }
  return svgOf(option, { width: WIDTH, height: bars.length * ROW + 76 })
}

/** A part too narrow for its figure goes without; the table beside has it. */
function labelled({ value }: { value?: unknown }): string {
  return Number(value) >= 4 ? String(value) : ''
}
