import { shown } from '../../domain/methods/amounts.ts'
import type { PlacedIndicator } from '../../domain/placed-indicators.ts'
import type { Desk } from './desk.ts'
import { indicatorEventRows, type RecordedFacts, recordsClosed } from './event-rows.ts'
import { scoringPath, trail } from './overview-view.ts'
import { panelView } from './panel-view.ts'

/** Everything views/scoring/events.hbs prints: one indicator of the ledger, its units down the page. */
export function eventsPageView(desk: Desk, placed: PlacedIndicator, facts: RecordedFacts) {
  const { code, name, points } = placed.indicator
  const place = desk.ledgers.indexOf(placed)
  const neighbour = (other: PlacedIndicator | undefined) =>
    other
      ? {
          href: `${scoringPath(desk)}/indicators/${encodeURIComponent(other.indicator.code)}`,
          label: other.indicator.name,
        }
      : null
  return {
    title: name,
    breadcrumbs: trail(desk, true),
    points: points === undefined ? null : shown(points),
    closed: recordsClosed(desk),
    panel: panelView(placed),
    ledger: `/cycles/${desk.cycle.id}/ledger?indicator=${encodeURIComponent(code)}`,
    neighbours: {
      previous: neighbour(desk.ledgers[place - 1]),
      next: neighbour(desk.ledgers[place + 1]),
    },
    rows: indicatorEventRows(desk, placed, facts),
  }
}
