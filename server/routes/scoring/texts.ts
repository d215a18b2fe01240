/** Between an entry and the texts in its inputs: what is shown of it, and what was typed read back. */

import type { MarkGiven } from '../../domain/bundle.ts'
import type { Duty } from '../../domain/duty.ts'
import type { LevelsParameters, SurveyParameters } from '../../domain/scheme.ts'
import { readTypedNumber } from '../../domain/typed-number.ts'
import type { StoredEntry } from './desk.ts'

/** The text of each input of a cell, by its part: `mark`, `points`, `reason`, `value`, `source`, `0`, `1` … */
export type Texts = Readonly<Record<string, string>>

/** What a cell should hold; null: nothing. */
export type Reading =
  | { kind: 'mark'; mark: MarkGiven; reason: string }
  | { kind: 'value'; value: string; source: string }
  | { kind: 'tally'; counts: Record<string, number> }

/** What is wrong with a typed cell, and in which of its parts. */
export interface CellFault {
  part: string
  problem: string
}

/** The parts of a cell: those that make the entry, and the one that explains it. */
export function partsOf({ indicator: { method } }: Duty): {
  main: string[]
  remark: string | null
} {
  switch (method.type) {
    case 'direct':
    case 'pass':
      return { main: ['mark'], remark: 'reason' }
    case 'levels':
      return { main: hasRanges(method) ? ['mark', 'points'] : ['mark'], remark: 'reason' }
    case 'survey':
      return { main: method.options.map((_, index) => String(index)), remark: null }
    default:
      return { main: ['value'], remark: 'source' }
  }
}

export function hasRanges({ levels }: LevelsParameters): boolean {
  return levels.some(({ min }) => min !== undefined)
}

/** What the inputs of a cell show of what is there. */
export function textsOf(duty: Duty, entry: StoredEntry | undefined): Texts {
  const { main, remark } = partsOf(duty)
  const blank = Object.fromEntries([...main, ...(remark ? [remark] : [])].map((part) => [part, '']))
  if (!entry) return blank
  if ('counts' in entry) return { ...blank, ...countTexts(duty, entry.counts) }
  if ('value' in entry) return { value: String(entry.value), source: entry.source ?? '' }
  return { ...blank, ...markTexts(entry.mark), reason: entry.reason ?? '' }
}

function markTexts(mark: MarkGiven): Texts {
  if (typeof mark === 'boolean') return { mark: mark ? 'yes' : 'no' }
  if (typeof mark === 'object') return { mark: mark.level, points: String(mark.points) }
  return { mark: String(mark) }
}

function countTexts(duty: Duty, counts: Readonly<Record<string, number>>): Texts {
  const options = optionsOf(duty)
  return Object.fromEntries(
    Object.entries(counts).map(([name, ballots]) => [
      String(options.findIndex((option) => option.name === name)),
      String(ballots),
    ]),
  )
}

export function optionsOf({ indicator: { method } }: Duty): SurveyParameters['options'] {
  return method.type === 'survey' ? method.options : []
}

/** Reads a cell as typed. Bounds and steps are the domain's to check. */
export function readTexts(duty: Duty, texts: Texts): Reading | CellFault | null {
  const remark = (texts.reason ?? texts.source ?? '').trim()
  switch (duty.entry) {
    case 'mark':
      return readMark(duty, texts, remark)
    case 'value':
      return readValue(texts.value ?? '', remark)
    case 'tally':
      return readCounts(duty, texts)
  }
}

function readMark(duty: Duty, texts: Texts, reason: string): Reading | CellFault | null {
  const { method } = duty.indicator
  const mark = texts.mark ?? ''
  const points = readTypedNumber(texts.points ?? '')
  if ('problem' in points) return { part: 'points', problem: `的分数${points.problem}` }
  if (mark.trim() === '') {
    if (points.amount !== null) return { part: 'mark', problem: '填了分数，请选择档次。' }
    return reason === '' ? null : { part: 'mark', problem: lonely('得分', '理由') }
  }
  if (method.type === 'pass') {
    if (mark !== 'yes' && mark !== 'no') {
      return { part: 'mark', problem: `应选“达标”或“不达标”，您填了「${mark}」。` }
    }
    return { kind: 'mark', mark: mark === 'yes', reason }
  }
  if (method.type === 'levels') {
    const given = points.amount === null ? mark : { level: mark, points: points.amount }
    return { kind: 'mark', mark: given, reason }
  }
  const number = readTypedNumber(mark)
  if ('problem' in number) return { part: 'mark', problem: `的得分${number.problem}` }
  return { kind: 'mark', mark: number.amount ?? '', reason }
}

function readValue(typed: string, source: string): Reading | CellFault | null {
  const number = readTypedNumber(typed)
  if ('problem' in number) return { part: 'value', problem: `的数值${number.problem}` }
  if (number.amount !== null) return { kind: 'value', value: number.amount, source }
  return source === '' ? null : { part: 'value', problem: lonely('数值', '来源') }
}

/** A remark is never dropped because what it explains was emptied. */
function lonely(what: string, remark: string): string {
  return `没有填${what}，却留有${remark}。请补填${what}；若要清除这一项，请把${remark}也删去。`
}

function readCounts(duty: Duty, texts: Texts): Reading | CellFault | null {
  const counts: [string, number][] = []
  for (const [index, { name }] of optionsOf(duty).entries()) {
    const typed = texts[String(index)] ?? ''
    const number = readTypedNumber(typed)
    const whole = 'amount' in number && (number.amount === null || /^\d{1,15}$/.test(number.amount))
    if (!whole) {
      const problem = `的「${name}」票数应是不小于 0 的整数，您填了「${typed.trim()}」。`
      return { part: String(index), problem }
    }
    if (number.amount !== null) counts.push([name, Number(number.amount)])
  }
  return counts.length === 0 ? null : { kind: 'tally', counts: Object.fromEntries(counts) }
}
