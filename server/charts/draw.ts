/**
 * The charts, loaded when the first is drawn or the server has begun to listen: ECharts takes longer to
 * load than the rest of the program, and most commands and tests draw nothing.
 */

import type { RadarAxis, RadarLine } from './radar-chart.ts'
import type { RankingBar } from './ranking-chart.ts'
import type { StandingRow } from './standing-chart.ts'

export type { RadarAxis, RadarLine } from './radar-chart.ts'
export type { RankingBar } from './ranking-chart.ts'
export type { StandingRow } from './standing-chart.ts'

export async function drawRanking(
  parts: readonly string[],
  bars: readonly RankingBar[],
): Promise<string> {
  const { rankingChart } = await import('./ranking-chart.ts')
  return rankingChart(parts, bars)
}

export async function drawRadar(
  axes: readonly RadarAxis[],
  lines: readonly RadarLine[],
): Promise<string> {
  const { radarChart } = await import('./radar-chart.ts')
  return radarChart(axes, lines)
}

export async function drawStanding(rows: readonly StandingRow[]): Promise<string> {
  const { standingChart } = await import('./standing-chart.ts')
  return standingChart(rows)
}

/** Loads everything, so that the first chart is as quick as the next. */
export async function loadCharts(): Promise<void> {
  await Promise.all([
    import('./ranking-chart.ts'),
    import('./radar-chart.ts'),
    import('./standing-chart.ts'),
  ])
}
