/** Everything views/ledger/event.hbs and views/ledger/withdrawal.hbs print. */

import type { Unit } from '../../domain/bundle.ts'
import { eventWords } from '../../domain/event-words.ts'
import { eventWorth, findRule } from '../../domain/event-worth.ts'
import { ruleSentence } from '../../domain/methods/ledger-sentence.ts'
import {
  appliesTo,
  existsForCategory,
  type PlacedIndicator,
} from '../../domain/placed-indicators.ts'
import type { Rule } from '../../domain/scheme.ts'
import type { EventFaults, EventPlace } from '../../domain/typed-event.ts'
import { recused } from '../../errors.ts'
import { errorSummary, textField } from '../../form.ts'
import type { StoredEvent } from '../../store/events.ts'
import { findLedger, findUnit, type LedgerBook } from './book.ts'
import type { eventForm } from './event-fields.ts'
import { ledgerPath, trail } from './list-view.ts'
import { type CameFrom, wayBack } from './way-back.ts'

/** Where a fact is to go, as far as it is chosen. */
export interface Chosen {
  unit: Unit | undefined
  placed: PlacedIndicator | undefined
  rule: Rule | undefined
}

export function chosenIn(
  book: LedgerBook,
  { unit, indicator, rule }: { unit: string; indicator: string; rule: string },
): Chosen {
  const placed = findLedger(book, indicator)
  const rules = rulesOf(placed)
  return {
    unit: findUnit(book, unit),
    placed,
    // Where there is only one, nobody needs to choose it.
    rule: rules.length === 1 && rule === '' ? rules[0] : placed && findRule(placed.indicator, rule),
  }
}

function rulesOf(placed: PlacedIndicator | undefined): readonly Rule[] {
  const method = placed?.indicator.method
  return method?.type === 'ledger' ? method.rules : []
}

/** Why nothing can be recorded there; undefined if it can. */
export function obstacle(book: LedgerBook, { unit, placed }: Chosen): string | undefined {
  if (!unit) return undefined
  if (book.recused.has(unit.code)) return recused(unit.name).message
  if (!placed || appliesTo(placed, unit)) return undefined
  const { name } = placed.indicator
  return existsForCategory(placed, unit.category)
    ? `「${name}」对「${unit.name}」不适用，不能记录。`
    : `「${name}」不考核「${unit.category}」，「${unit.name}」不能记录。`
}

/** The place without its rule where nothing can be recorded there, so that no fields are asked for. */
export function settled(book: LedgerBook, chosen: Chosen): Chosen {
  return obstacle(book, chosen) === undefined ? chosen : { ...chosen, rule: undefined }
}

export function wholePlace({ unit, placed, rule }: Chosen): EventPlace | undefined {
  return unit && placed && rule ? { unit, placed, rule } : undefined
}

export interface EventPage {
  book: LedgerBook
  chosen: Chosen
  /** the scoring page to return to */
  from: CameFrom
  /** the fields, once the place is settled */
  form: ReturnType<typeof eventForm> | null
  /** matters already recorded for the unit */
  matters: readonly string[]
  /** the event that is corrected; undefined: a new one */
  old?: StoredEvent | undefined
  /** what stands now in the place of the one that was to be corrected */
  current?: StoredEvent | undefined
}

export function eventView({ book, chosen, from, form, matters, old, current }: EventPage) {
  const path = old ? `${ledgerPath(book)}/${old.id}/correction` : `${ledgerPath(book)}/new`
  const { unit, placed, rule } = chosen
  const problem = obstacle(book, chosen)
  const query = (code: string) =>
    new URLSearchParams({
      ...{ unit: unit?.code ?? '', indicator: placed?.indicator.code ?? '', rule: code },
      ...(from === '' ? {} : { from }),
    }).toString()
  const rules = unit && placed && problem === undefined ? rulesOf(placed) : []
  const option = (value: string, label: string, selected: boolean) => ({ value, label, selected })
  return {
    title: old ? '更正台账记录' : '记一条台账',
    breadcrumbs: trail(book, true),
    path,
    action: old ? path : ledgerPath(book),
    from,
    back: wayBack(book, from, chosen) ?? ledgerPath(book),
    correcting: old !== undefined,
    old: old ? summaryView(book, old) : null,
    current: current
      ? { ...summaryView(book, current), href: `${ledgerPath(book)}/${current.id}/correction` }
      : null,
    units: book.units
      .filter(({ code }) => !book.recused.has(code))
      .map(({ code, name }) => option(code, name, code === unit?.code)),
    indicators: book.ledgers.map(({ indicator: { code, name } }) =>
      option(code, name, code === placed?.indicator.code),
    ),
    chosen: unit !== undefined && placed !== undefined,
    problem: problem ?? null,
    note: placed?.indicator.note ?? null,
    rules:
      rules.length > 1
        ? rules.map((each) => ({
            href: `${path}?${query(each.code)}`,
            label: ruleSentence(each, placed?.section),
            current: each.code === rule?.code,
          }))
        : [],
    place: form
      ? { unit: unit?.code ?? '', indicator: placed?.indicator.code ?? '', rule: rule?.code ?? '' }
      : null,
    form,
    matters,
    errors: form?.errors ?? [],
  }
}

/** An event in a few lines. */
export function summaryView(book: LedgerBook, { event }: StoredEvent) {
  const unit = findUnit(book, event.unit)
  const placed = findLedger(book, event.indicator)
  const rule = placed && findRule(placed.indicator, event.rule)
  return {
    place: `${unit?.name ?? event.unit} / ${placed?.indicator.name ?? event.indicator}`,
    rule: rule ? eventWords(rule, event) : event.rule,
    reason: event.reason ?? '—',
    source: [event.document, event.date, event.foundBy].filter(Boolean).join('，') || '—',
    worth: (unit && placed && rule && eventWorth(rule, placed.section, event, unit)) ?? '—',
  }
}

export function withdrawalView(
  book: LedgerBook,
  old: StoredEvent,
  typed: string,
  faults: EventFaults,
) {
  const reason = textField('reason', '撤销理由', {
    value: typed,
    hint: '为什么撤销；这条记录会保留并划去，不再计分',
    required: true,
    error: faults.get('reason') ?? null,
  })
  const whole = faults.get('')
  return {
    title: '撤销台账记录',
    breadcrumbs: trail(book, true),
    path: `${ledgerPath(book)}/${old.id}/withdrawal`,
    back: ledgerPath(book),
    old: summaryView(book, old),
    reason,
    errors: [
      ...errorSummary([reason]),
      ...(whole === undefined ? [] : [{ href: '#reason', message: whole }]),
    ],
  }
}
