/** One recorded fact as a row of a table: its columns, what stands in them, and read back. */

import {
  CHOICE_JOINT,
  type ColumnChoice,
  type ImportColumn,
} from '../../../exports/import-table.ts'
import type { Event } from '../../domain/bundle.ts'
import { findRule } from '../../domain/event-worth.ts'
import { existsForCategory, isNotApplicable } from '../../domain/placed-indicators.ts'
import type { Rule } from '../../domain/scheme.ts'
import {
  BLANK_TEXTS,
  EVENT_LABELS,
  FOUND_BY,
  readEvent,
  typedFrom,
} from '../../domain/typed-event.ts'
import { type CycleBook, RECUSED } from './cycle-book.ts'
import type { RowReader } from './kind.ts'

type Key = Exclude<keyof typeof EVENT_LABELS, 'changeReason'>

/** The keys of an event with a column each, in reading order. */
const WIDTHS: Readonly<Record<Key, readonly [number, number]>> = {
  ...{ unit: [24, 32], indicator: [20, 30], rule: [20, 30], tier: [14, 22], points: [9, 10] },
  ...{ value: [9, 12], count: [7, 8], factors: [14, 22], surcharges: [14, 22], reason: [36, 50] },
  ...{ document: [18, 26], date: [13, 13], foundBy: [11, 12], matter: [16, 26] },
}
const NUMBERS: readonly Key[] = ['points', 'value', 'count']
const REQUIRED: readonly Key[] = ['unit', 'indicator', 'rule', 'reason']

export function eventColumns(book: CycleBook): ImportColumn[] {
  const choices = choicesOf(book)
  return keys().map((key) => {
    const choice = choices[key]
    return {
      key,
      header: EVENT_LABELS[key],
      width: WIDTHS[key],
      kind: key === 'date' ? 'date' : NUMBERS.includes(key) ? 'number' : 'text',
      required: REQUIRED.includes(key),
      ...(choice === undefined ? {} : { choice }),
    }
  })
}

function keys(): Key[] {
  return Object.keys(WIDTHS).filter((key): key is Key => key in EVENT_LABELS)
}

function choicesOf({ units, recused, placed }: CycleBook): Partial<Record<Key, ColumnChoice>> {
  const rules = placed.flatMap(({ indicator }) =>
    rulesOf(indicator.method).map((rule) => ({ of: label(indicator), rule })),
  )
  const of = (each: { of: string; rule: Rule }) => [each.of, label(each.rule)].join(CHOICE_JOINT)
  const behind = (names: (rule: Rule) => readonly string[]) => ({
    by: ['indicator', 'rule'],
    pairs: rules.flatMap((each) => names(each.rule).map((option) => ({ of: of(each), option }))),
  })
  return {
    unit: { options: units.filter(({ code }) => !recused.has(code)).map(label), only: true },
    indicator: { options: placed.map(({ indicator }) => label(indicator)), only: true },
    rule: {
      options: {
        by: ['indicator'],
        pairs: rules.map((each) => ({ of: each.of, option: label(each.rule) })),
      },
      only: true,
    },
    tier: {
      options: behind((rule) => ('tiers' in rule ? Object.keys(rule.tiers) : [])),
      only: true,
    },
    factors: { options: behind(({ factors }) => Object.keys(factors ?? {})), only: false },
    surcharges: { options: behind(({ surcharges }) => Object.keys(surcharges ?? {})), only: false },
    foundBy: { options: FOUND_BY, only: true },
  }
}

type Method = CycleBook['placed'][number]['indicator']['method']

function rulesOf(method: Method): readonly Rule[] {
  return method.type === 'ledger' ? method.rules : []
}

interface Named {
  code: string
  name: string
}

/** `U1 市财政局`: the code says which, the name says it to people. */
function label({ code, name }: Named): string {
  return `${code} ${name}`
}

/** By its label, its code, or its name where only one is called so. */
function named<T extends Named>(all: readonly T[], text: string): T | undefined {
  const exact = all.find((each) => label(each) === text || each.code === text)
  const called = all.filter(({ name }) => name === text)
  return exact ?? (called.length === 1 ? called[0] : undefined)
}

/** An event as its row shows it. */
export function eventTexts(event: Event, { units, placed }: CycleBook): Record<Key, string> {
  const unit = units.find(({ code }) => code === event.unit)
  const indicator = placed.find((each) => each.indicator.code === event.indicator)?.indicator
  const rule = indicator && findRule(indicator, event.rule)
  const { changeReason, ...texts } = typedFrom(event).texts
  return {
    ...texts,
    unit: unit ? label(unit) : event.unit,
    indicator: indicator ? label(indicator) : event.indicator,
    rule: rule ? label(rule) : event.rule,
    factors: (event.factors ?? []).join('、'),
    surcharges: (event.surcharges ?? []).join('、'),
  }
}

/** @returns undefined where it cannot be told where the fact belongs; faults are the reader's */
export function readEventRow(reader: RowReader, book: CycleBook, today: string): Event | undefined {
  const unit = named(book.units, reader.text('unit'))
  const placed = book.placed.find(
    ({ indicator }) => indicator === named(indicatorsOf(book), reader.text('indicator')),
  )
  const rules = placed ? rulesOf(placed.indicator.method) : []
  const rule = named(rules, reader.text('rule'))
  if (!unit) reader.fault('unit', `这个考核周期里没有单位「${reader.text('unit')}」。`)
  if (!placed) reader.fault('indicator', `没有记台账的指标「${reader.text('indicator')}」。`)
  else if (!rule) {
    const known = rules.map(({ name }) => name).join('、')
    reader.fault(
      'rule',
      `「${placed.indicator.name}」没有规则「${reader.text('rule')}」，应是下列之一：${known}。`,
    )
  }
  if (unit && book.recused.has(unit.code)) reader.fault('unit', `「${unit.name}」${RECUSED}`)
  if (!unit || !placed || !rule) return undefined
  if (!existsForCategory(placed, unit.category) || isNotApplicable(placed.indicator, unit)) {
    reader.fault('indicator', `「${placed.indicator.name}」对「${unit.name}」不适用。`)
  }
  const texts = { ...BLANK_TEXTS, ...typedTexts(reader) }
  const foundBy = texts.foundBy
  if (foundBy !== '' && !FOUND_BY.some((each) => each === foundBy)) {
    reader.fault('foundBy', `发现方式应是${FOUND_BY.join('、')}之一，或者空着。`)
  }
  const factors = several(reader.text('factors'), Object.keys(rule.factors ?? {}))
  const surcharges = several(reader.text('surcharges'), Object.keys(rule.surcharges ?? {}))
  const read = readEvent({ unit, placed, rule }, { texts, factors, surcharges }, today)
  for (const [key, message] of read.faults) reader.fault(key, message)
  return read.event
}

function indicatorsOf({ placed }: CycleBook) {
  return placed.map(({ indicator }) => indicator)
}

function typedTexts(reader: RowReader): Partial<typeof BLANK_TEXTS> {
  const texts = Object.keys(BLANK_TEXTS).map((key) => [key, reader.text(key)])
  return { ...Object.fromEntries(texts), date: dayText(reader.text('date')) }
}

/** Names set apart by commas of any kind, unless the whole is the name of one. */
function several(text: string, known: readonly string[]): string[] {
  if (known.includes(text)) return [text]
  const words = text.split(/[、，,;；\n]+/u).map((word) => word.trim())
  return [...new Set(words.filter((word) => word !== ''))]
}

/** A day as people write it: 2026/5/6, 2026.5.6, 2026年5月6日 and 20260506 are 2026-05-06. */
function dayText(text: string): string {
  const typed = text.normalize('NFKC').trim()
  const parts =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(typed) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(typed)
  if (!parts) return typed
  const [, year = '', month = '', day = ''] = parts
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
