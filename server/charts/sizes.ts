/** Sizes of charts that depend on what they show, for the pages that leave room for them. */

import type { ChartSize } from './svg.ts'

const ROW = 46

/** @param rows how many dimensions the chart shows */
export function standingSize(rows: number): ChartSize {
  return { width: 460, height: 74 + ROW * rows }
}
