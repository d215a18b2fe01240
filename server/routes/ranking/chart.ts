import type { RankingBar } from '../../charts/draw.ts'
import { dimensionsOf } from './ranking-table.ts'
import type { Standing } from './standing.ts'

/** What the bar chart of a ranking is drawn from: the same printed numbers as the table's. */
export function rankingBars(standing: Standing): [parts: string[], bars: RankingBar[]] {
  const { assessment, results } = standing
  const dimensions = dimensionsOf(standing)
  const parts = [
    ...dimensions.map(({ name }) => name),
    ...(assessment.scheme.bonus ? ['加分'] : []),
  ]
  const bars = results.map(({ unit, scores, bonus, total, complete }) => ({
    name: assessment.unit(unit).name,
    values: [
      ...dimensions.map(({ code }) => scores[code] ?? null),
      ...(assessment.scheme.bonus ? [bonus] : []),
    ],
    total: complete ? total : `${total}（暂计）`,
  }))
  return [parts, bars]
}
