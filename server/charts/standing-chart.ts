import { standingSize } from './sizes.ts'
import { type ChartOption, LINE, svgOf, TEXT } from './svg.ts'

/** One line of the chart, all values as shares of full marks in percent; null where units are not compared. */
export interface StandingRow {
  name: string
  own: number
  category: { lower: number; median: number; upper: number; best: number } | null
}

/** The widest that a dimension's name gets before it is broken. */
const LABEL = 130
const OWN = '#9b1b1e'
const CATEGORY = '#3d5a73'
const RANGE = '#c9d3dc'
const BEST = '#7a5c1e'

/**
 * A unit among its category, a row for each dimension: a bar from the lower to the upper quartile with the
 * median in it, the best and the unit itself. They differ by shape as well as by colour.
 */
export function standingChart(rows: readonly StandingRow[]): string {
  const compared = rows.some(({ category }) => category !== null)
  const longest = Math.max(0, ...rows.map(({ name }) => name.length))
  const values = rows.flatMap(({ own, category }) => (category ? [own, category.lower] : [own]))
  const points = (of: (row: StandingRow) => number | null) =>
    rows.flatMap((row, index) => {
      const value = of(row)
      return value === null ? [] : [[value, index]]
    })
  const category = compared ? categorySeries(rows, points) : []
  const option: ChartOption = {
    legend: {
      bottom: 2,
      left: 'center',
      itemGap: 12,
      textStyle: { color: TEXT },
      data: [...category.flatMap(({ legend }) => legend ?? []), { name: '本单位', icon: 'circle' }],
    },
    grid: { top: 8, bottom: 58, left: Math.min(LABEL, longest * 13) + 14, right: 28 },
    xAxis: {
      type: 'value',
      min: axisStart(Math.min(...values)),
      max: Math.max(100, ...rows.map(({ own }) => own)),
      axisLabel: { color: TEXT, formatter: '{value}%' },
      splitLine: { lineStyle: { color: LINE } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ name }) => name),
      axisTick: { show: false },
      axisLabel: { color: TEXT, fontSize: 13, width: LABEL, overflow: 'break' },
    },
    series: [
      ...category.map(({ series }) => series),
      {
        type: 'scatter',
        name: '本单位',
        symbol: 'circle',
        symbolSize: 13,
        itemStyle: { color: OWN, borderColor: '#fff', borderWidth: 1.5 },
        data: points(({ own }) => own),
        z: 5,
      },
    ],
  }
  return svgOf(option, standingSize(rows.length))
}

type Points = (of: (row: StandingRow) => number | null) => number[][]

function categorySeries(rows: readonly StandingRow[], points: Points) {
  const bar = { type: 'bar' as const, stack: 'range', barWidth: 18, silent: true }
  return [
    {
      // What the bar of the range stands on.
      series: {
        ...bar,
        name: '起点',
        itemStyle: { color: 'transparent' },
        data: rows.map(({ category }) => category?.lower ?? null),
      },
    },
    {
      legend: { name: '四分位之间', icon: 'rect' },
      series: {
        ...bar,
        name: '四分位之间',
        itemStyle: { color: RANGE, borderColor: CATEGORY },
        data: rows.map(({ category }) => category && category.upper - category.lower),
      },
    },
    {
      legend: { name: '类别中位', icon: 'rect' },
      series: {
        type: 'scatter' as const,
        name: '类别中位',
        symbol: 'rect',
        symbolSize: [4, 26],
        itemStyle: { color: CATEGORY },
        data: points(({ category }) => category?.median ?? null),
      },
    },
    {
      legend: { name: '类别最高', icon: 'diamond' },
      series: {
        type: 'scatter' as const,
        name: '类别最高',
        symbol: 'diamond',
        symbolSize: 12,
        itemStyle: { color: BEST },
        data: points(({ category }) => category?.best ?? null),
      },
    },
  ]
}

/** Good scores lie close together: the scale begins at the last ten below the lowest, but never above 90. */
export function axisStart(lowest: number): number {
  return Math.min(90, Math.floor((lowest - 1) / 10) * 10)
}
