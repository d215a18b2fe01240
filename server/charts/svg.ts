/** ECharts without a browser: options in, the text of an SVG image out. */

import {
  BarChart,
  type BarSeriesOption,
  RadarChart,
  type RadarSeriesOption,
  ScatterChart,
  type ScatterSeriesOption,
} from 'echarts/charts'
import {
  GridComponent,
  type GridComponentOption,
  LegendComponent,
  type LegendComponentOption,
  RadarComponent,
  type RadarComponentOption,
} from 'echarts/components'
import { type ComposeOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([
  BarChart,
  RadarChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  RadarComponent,
  SVGRenderer,
])

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | RadarComponentOption
  | RadarSeriesOption
  | ScatterSeriesOption
>

export interface ChartSize {
  width: number
  height: number
}

export const FONT = 'Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif'
export const TEXT = '#24211e'
export const LINE = '#d8d2ca'

/** Draws once and forgets: an instance that stays would keep the process alive. */
export function svgOf(option: ChartOption, size: ChartSize): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: FONT, color: TEXT }, ...option })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}
