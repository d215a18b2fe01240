import type { Event } from '../../domain/bundle.ts'
import { findRule } from '../../domain/event-worth.ts'
import type { CycleBook } from './cycle-book.ts'

/** Finds facts that may be recorded already: by the ledger, or by an earlier row of the same table. */
export class EventTwins {
  readonly #same = new Map<string, string>()
  readonly #alike = new Map<string, string>()
  readonly #book: CycleBook

  /** @param recorded the events that stand */
  constructor(recorded: readonly Event[], book: CycleBook) {
    this.#book = book
    for (const event of recorded) this.#remember(event, `台账里已有的一条（${this.#words(event)}）`)
  }

  /** Why an event may be one that is there; null: nothing like it is. */
  doubt(event: Event, row: number): string | null {
    const same = this.#same.get(wholeKey(event))
    const alike = alikeKeys(event).flatMap((key) => this.#alike.get(key) ?? [])[0]
    this.#remember(event, `本表第 ${row} 行`)
    if (same !== undefined) return `与${same}完全相同`
    return alike === undefined ? null : `与${alike}相近，请看是不是同一件事`
  }

  #remember(event: Event, where: string): void {
    const key = wholeKey(event)
    if (!this.#same.has(key)) this.#same.set(key, where)
    for (const each of alikeKeys(event)) if (!this.#alike.has(each)) this.#alike.set(each, where)
  }

  #words({ indicator, rule, date, reason }: Event): string {
    const place = this.#book.placed.find((each) => each.indicator.code === indicator)
    const name = place && findRule(place.indicator, rule)?.name
    return [name ?? rule, date, reason].filter((each) => each !== undefined).join('，')
  }
}

function wholeKey(event: Event): string {
  return JSON.stringify(Object.entries(event).sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** One unit, one rule, and the same day, document or wording: often one fact that two people recorded. */
function alikeKeys({ unit, indicator, rule, date, document, reason }: Event): string[] {
  return Object.entries({ date, document, reason }).flatMap(([what, text]) =>
    text === undefined ? [] : [JSON.stringify([unit, indicator, rule, what, text])],
  )
}
