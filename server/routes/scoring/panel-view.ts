import { multiply, parsePercent } from '../../domain/decimal.ts'
import { amountText } from '../../domain/event-worth.ts'
import { indicatorSentence } from '../../domain/indicator-sentence.ts'
import { amountOf } from '../../domain/methods/amounts.ts'
import type { PlacedIndicator } from '../../domain/placed-indicators.ts'
import type { Amount, Level } from '../../domain/scheme.ts'
import { levelText } from './level-text.ts'

/** The rules of an indicator as views/partials/score-panel.hbs shows them beside its cells. */
export function panelView({ indicator, section }: PlacedIndicator) {
  const { method, note, owner, points } = indicator
  return {
    rule: indicatorSentence(indicator, section),
    levels: method.type === 'levels' ? method.levels.map((each) => levelWorth(each, points)) : [],
    note: note ?? null,
    owner: owner ?? null,
  }
}

/** A level with the points it comes to, also where it is a share of them: "较好（85%）：2.55 分". */
function levelWorth(level: Level, points: Amount | undefined): string {
  const share = parsePercent(level.share)
  if (!share || points === undefined) return levelText(level)
  return `${levelText(level)}：${amountText(multiply(share, amountOf(points)))} 分`
}
