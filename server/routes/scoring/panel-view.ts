import { indicatorSentence } from '../../domain/indicator-sentence.ts'
import type { PlacedIndicator } from '../../domain/placed-indicators.ts'
import { levelText } from './level-text.ts'

/** The rules of an indicator as views/partials/score-panel.hbs shows them beside its cells. */
export function panelView({ indicator, section }: PlacedIndicator) {
  const { method, note, owner } = indicator
  return {
    rule: indicatorSentence(indicator, section),
    levels: method.type === 'levels' ? method.levels.map(levelText) : [],
    note: note ?? null,
    owner: owner ?? null,
  }
}
