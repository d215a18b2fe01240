import type { LedgerBook } from './book.ts'
import type { Chosen } from './event-view.ts'
import { ledgerPath } from './list-view.ts'

/** The kind of scoring page from which a person came to record a fact; '' for none. */
export type CameFrom = 'unit' | 'indicator' | ''

/** Only the pages there are: an address says it, and anybody can write an address. */
export function cameFrom(text: string | undefined): CameFrom {
  return text === 'unit' || text === 'indicator' ? text : ''
}

/** The row of the scoring page that he came from; undefined if he came from none. */
export function wayBack(
  book: LedgerBook,
  from: CameFrom,
  { unit, placed }: Pick<Chosen, 'unit' | 'placed'>,
): string | undefined {
  if (from === '' || !unit || !placed) return undefined
  const [about, row] = [unit.code, placed.indicator.code].map(encodeURIComponent)
  const scoring = ledgerPath(book).replace(/ledger$/, 'scoring')
  return from === 'unit'
    ? `${scoring}/units/${about}#events-${row}`
    : `${scoring}/indicators/${row}#events-${about}`
}
