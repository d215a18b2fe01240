import { LINE, svgOf, TEXT } from './svg.ts'

export interface RadarAxis {
  name: string
  /** full marks */
  points: number
}

/** One line of the radar; a value that is missing leaves the centre. */
export interface RadarLine {
  name: string
  values: readonly (number | null)[]
}

/** Lines differ by colour, by dashes and by the marks at their corners. */
const STYLES = [
  { color: '#9b1b1e', type: 'solid', symbol: 'circle', width: 3 },
  { color: '#3d5a73', type: 'dashed', symbol: 'rect', width: 2 },
  { color: '#7a5c1e', type: 'dotted', symbol: 'triangle', width: 2 },
] as const

/** Scores as shares of full marks, so that dimensions of different size compare. */
export function radarChart(axes: readonly RadarAxis[], lines: readonly RadarLine[]): string {
  const shares = lines.map(({ name, values }, index) => {
    const { color, type, symbol, width } = STYLES[index % STYLES.length] ?? STYLES[0]
    return {
      name,
      value: axes.map(({ points }, at) => (100 * (values[at] ?? 0)) / points),
      symbol,
      symbolSize: 7,
      itemStyle: { color },
      lineStyle: { color, type, width },
      ...(index === 0 ? { areaStyle: { color, opacity: 0.12 } } : {}),
    }
  })
  const lowest = Math.min(100, ...shares.flatMap(({ value }) => value))
  return svgOf(
    {
      legend: {
        bottom: 4,
        left: 'center',
        data: shares.map(({ name, symbol }) => ({ name, icon: symbol })),
        textStyle: { color: TEXT },
      },
      radar: {
        center: ['50%', '47%'],
        radius: '66%',
        splitNumber: 5,
        indicator: axes.map(({ name }, at) => ({
          name,
          min: scaleStart(lowest),
          max: 100,
          // The scale is the same on every axis; once is enough.
          axisLabel: { show: at === 0 },
        })),
        axisName: { color: TEXT, fontSize: 13, lineHeight: 18 },
        splitLine: { lineStyle: { color: LINE } },
        splitArea: { show: false },
        axisLine: { lineStyle: { color: LINE } },
        axisLabel: {
          show: true,
          color: '#635c54',
          fontSize: 10,
          formatter: (value: number) => `${value}%`,
          showMaxLabel: true,
        },
      },
      series: [{ type: 'radar', data: shares }],
    },
    { width: 460, height: 380 },
  )
}

/** Good scores lie close together: the scale begins at 0 or 50 percent, whatever still shows every line. */
export function scaleStart(lowest: number): number {
  return lowest >= 50 ? 50 : 0
}
