/** Everything views/ledger/list.hbs prints. */

import { beijingTime } from '../../domain/beijing-time.ts'
import { parseExact, sign } from '../../domain/decimal.ts'
import { eventWords } from '../../domain/event-words.ts'
import { amountText, eventWorth, findRule } from '../../domain/event-worth.ts'
import type { EntryFate } from '../../domain/explanation.ts'
import type { Section } from '../../domain/scheme.ts'
import { FOUND_BY } from '../../domain/typed-event.ts'
import { type Paging, paginationView } from '../../paging.ts'
import type { StoredEvent } from '../../store/events.ts'
import { type Fate, findLedger, findUnit, isShown, type LedgerBook } from './book.ts'
import { isNarrowed, KINDS, type Sought, soughtQuery } from './filter.ts'

export interface LedgerList {
  book: LedgerBook
  sought: Sought
  /** all that were found */
  found: readonly StoredEvent[]
  paging: Paging
  /** by id: what replaced an event, also where it was not looked for */
  byId: ReadonlyMap<string, StoredEvent>
  fates: ReadonlyMap<string, Fate>
  /** names of accounts */
  names: ReadonlyMap<string, string>
  /** who withdrew an event, by its id */
  withdrawnBy: ReadonlyMap<string, string>
  /** the event just recorded */
  marked: string
}

export function ledgerPath({ cycle }: LedgerBook): string {
  return `/cycles/${cycle.id}/ledger`
}

export function trail(book: LedgerBook, below: boolean) {
  return [
    { href: '/cycles', label: '考核周期' },
    { href: `/cycles/${book.cycle.id}`, label: book.cycle.name },
    ...(below ? [{ href: ledgerPath(book), label: '台账' }] : []),
  ]
}

export function listView(list: LedgerList) {
  const { book, sought, found, paging, byId, marked } = list
  const path = ledgerPath(book)
  const query = soughtQuery(sought)
  const shown = found.slice(paging.offset, paging.offset + paging.size)
  const hidden = book.units.filter(({ code }) => !isShown(book, code))
  const newPath = `${path}/new`
  return {
    title: '台账',
    breadcrumbs: trail(book, false),
    path,
    closed: typeof book.readOnly === 'object' ? (book.readOnly?.closed ?? null) : null,
    importHref: `${path}/import`,
    newHref: book.readOnly === null ? placeHref(newPath, sought) : null,
    again: marked === '' || book.readOnly !== null ? null : againHref(newPath, byId.get(marked)),
    hidden: hidden.map(({ name }) => name).join('、') || null,
    filter: filterView(book, sought),
    narrowed: isNarrowed(sought),
    seesAwards: book.seesAwards,
    writable: book.readOnly === null,
    none: found.length === 0,
    width: book.seesAwards ? 9 : 8,
    rows: shown.map((each) => rowView(list, each)),
    pagination: paginationView(paging, (page) => `${path}?${query}${query && '&'}page=${page}`),
  }
}

function placeHref(
  newPath: string,
  { unit, indicator }: Pick<Sought, 'unit' | 'indicator'>,
): string {
  const query = new URLSearchParams(
    Object.entries({ unit, indicator }).filter(([, value]) => value !== ''),
  ).toString()
  return query === '' ? newPath : `${newPath}?${query}`
}

function againHref(newPath: string, recorded: StoredEvent | undefined): string | null {
  return recorded ? placeHref(newPath, recorded.event) : null
}

function filterView(book: LedgerBook, sought: Sought) {
  const option = (value: string, label: string, chosen: string) => ({
    ...{ value, label, selected: value === chosen },
  })
  return {
    ...sought,
    units: book.units
      .filter(({ code }) => isShown(book, code))
      .map(({ code, name }) => option(code, name, sought.unit)),
    indicators: book.ledgers.map(({ indicator: { code, name } }) =>
      option(code, name, sought.indicator),
    ),
    kinds: KINDS.map(([value, label]) => option(value, label, sought.kind)),
    sources: FOUND_BY.map((each) => option(each, each, sought.foundBy)),
  }
}

function rowView(
  { book, byId, fates, names, withdrawnBy, marked }: LedgerList,
  stored: StoredEvent,
) {
  const { event, id } = stored
  const unit = findUnit(book, event.unit)
  const placed = findLedger(book, event.indicator)
  const rule = placed && findRule(placed.indicator, event.rule)
  const stands = stored.replacedBy === null && stored.withdrawnAt === null
  const base = `${ledgerPath(book)}/${id}`
  const ownUnit = book.recused.has(event.unit)
  return {
    id: `e-${id}`,
    marked: id === marked,
    stands,
    unit: unit?.name ?? event.unit,
    indicator: placed?.indicator.name ?? event.indicator,
    rule: rule ? eventWords(rule, event) : event.rule,
    reason: event.reason ?? '—',
    matter: event.matter ?? null,
    document: event.document ?? '—',
    date: event.date ?? '—',
    foundBy: event.foundBy ?? '—',
    worth: (placed && rule && unit && eventWorth(rule, placed.section, event, unit)) ?? '—',
    fate: book.seesAwards ? fateView(stands ? fates.get(id) : undefined, placed?.section) : null,
    recorded: `${beijingTime(stored.recordedAt)} ${names.get(stored.recordedBy) ?? '导入'}`,
    corrected: stored.version > 1 && stands ? `更正过 ${stored.version - 1} 次` : null,
    change: stands ? null : changeWords(stored, names, byId, withdrawnBy),
    correction: book.readOnly === null && stands && !ownUnit ? `${base}/correction` : null,
    withdrawal: book.readOnly === null && stands && !ownUnit ? `${base}/withdrawal` : null,
    recused: book.readOnly === null && stands && ownUnit,
  }
}

/** Who took it out of the count, when and why. */
function changeWords(
  { replacedBy, withdrawnAt, changeReason, id }: StoredEvent,
  names: ReadonlyMap<string, string>,
  byId: ReadonlyMap<string, StoredEvent>,
  withdrawnBy: ReadonlyMap<string, string>,
): string {
  const reason = `理由：${changeReason ?? '—'}`
  if (withdrawnAt !== null) {
    return `${beijingTime(withdrawnAt)} 由${withdrawnBy.get(id) ?? '他人'}撤销，${reason}`
  }
  const next = byId.get(replacedBy ?? '')
  if (!next) return `已更正，${reason}`
  return `${beijingTime(next.recordedAt)} 由${names.get(next.recordedBy) ?? '他人'}更正，${reason}`
}

const FATES: Readonly<Record<EntryFate, string>> = {
  counted: '计入',
  'highest-only': '不计入：同一事项就高不重复',
  'rule-cap': '部分计入：已到本条规则的上限',
  'pool-cap': '部分计入：已到合并限额',
  floor: '部分计入：已扣完',
  cap: '部分计入：已到本项上限',
  missing: '不计入',
  'trimmed-high': '不计入',
  'trimmed-low': '不计入',
  'not-middle': '不计入',
  'agreed-instead': '不计入',
}

function fateView(fate: Fate | undefined, section: Section | undefined) {
  if (!fate) return { text: '—', cost: '—', counts: true, instead: null }
  const { why, change } = fate.explanation
  const amount = parseExact(change ?? '0')
  const up = sign(amount)
  const lowers = section === 'penalty' ? up > 0 : up < 0
  const size = amountText(up < 0 ? parseExact((change ?? '0').replace('-', '')) : amount)
  const text = up === 0 && why !== 'counted' ? FATES[why].replace('部分计入', '不计入') : FATES[why]
  return {
    text,
    cost: up === 0 ? '0' : `${lowers ? '扣' : '加'} ${size} 分`,
    counts: why === 'counted',
    instead: fate.insteadOf ? `#e-${fate.insteadOf.id}` : null,
  }
}
