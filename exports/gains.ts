/** Every bonus entry of a unit with whether it counts and why not (加分明细). */

import {
  type Decimal,
  equals,
  isZero,
  negate,
  parseExact,
  round,
  subtract,
  sum,
} from '../server/domain/decimal.ts'
import { shown } from '../server/domain/methods/amounts.ts'
import type { UnitResult } from '../server/domain/result.ts'
import type { Assessment } from './assessment.ts'
import { eventReason, methodWords } from './entry-words.ts'
import { cappedOff, type ItemEntry, itemEntries } from './item-entries.ts'

export interface Gain {
  unit: string
  category: string
  /** name of the bonus item */
  item: string
  rule: string
  /** what it is for */
  matter: string
  tier: string
  document: string
  date: string
  owner: string
  /** by the rule alone */
  worth: Decimal | null
  /** what it adds to the bonus in the end, at most six digits */
  counted: Decimal
  /** whether it counts: 是, 部分, 否; blank for rows that are no entry */
  verdict: string
  note: string
}

/** All bonus rows of one unit; what they count adds up to its bonus exactly. */
export function gainsOf(assessment: Assessment, result: UnitResult): Gain[] {
  const { bonus } = assessment.scheme
  const about = { unit: result.unit, category: result.category }
  const gains = (bonus?.items ?? []).flatMap((indicator) =>
    itemEntries(assessment, result, indicator).map((entry) => ({ ...about, ...gain(entry) })),
  )
  const over = cappedOff(bonus, result)
  if (!isZero(over)) {
    const note = `加分合计不超过${shown(bonus?.cap ?? 0)}分`
    gains.push({ ...about, ...NOTHING, item: '加分上限', counted: negate(over), note })
  }
  const rest = subtract(parseExact(result.bonus), sum(gains.map(({ counted }) => counted)))
  if (isZero(rest)) return gains
  const note = '按规定位数四舍五入'
  return [...gains, { ...about, ...NOTHING, item: '四舍五入', counted: rest, note }]
}

const NOTHING = {
  rule: '',
  matter: '',
  tier: '',
  document: '',
  date: '',
  owner: '',
  worth: null,
  verdict: '',
}

function gain({
  indicator,
  recorded,
  worth,
  change,
  note,
}: ItemEntry): Omit<Gain, 'unit' | 'category'> {
  const event = recorded?.event
  return {
    item: indicator.name,
    rule: recorded ? recorded.rule.name : methodWords(indicator),
    matter: event ? eventReason(event) : '',
    tier: event?.tier ?? '',
    document: event?.document ?? '',
    date: event?.date ?? '',
    owner: recorded?.rule.owner ?? indicator.owner ?? '',
    worth,
    counted: round(change, 6),
    verdict: verdictOf(worth, change),
    note,
  }
}

function verdictOf(worth: Decimal | null, change: Decimal): string {
  if (worth === null) return ''
  if (equals(worth, change)) return '是'
  return isZero(change) ? '否' : '部分'
}
