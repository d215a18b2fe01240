/** Last time's result beside this one: what the unit changed told apart from what the index changed. */

import {
  add,
  compare,
  type Decimal,
  isZero,
  negate,
  parseExact,
  sign,
  sum,
} from '../../domain/decimal.ts'
import type { UnitExplanation } from '../../domain/explanation.ts'
import type { UnitResult } from '../../domain/result.ts'
import { indicatorsOf } from '../../domain/scheme.ts'
import { type Changes, changesSince, type IndicatorChange } from '../../domain/since-last.ts'
import { type Cycle, isVisibleToUnits } from '../../store/cycles.ts'
import type { Database } from '../../store/database.ts'
import { type EvaluatedCycle, evaluatedCycle } from '../../store/evaluation.ts'
import { predecessorOf } from '../../store/predecessor.ts'
import { type ReadAmount, readable, readableChange } from './amounts.ts'
import { type Audience, partHref, resultPath, type Subject } from './subject.ts'

export interface LastResult {
  cycle: Cycle
  result: UnitResult
  changes: Changes
}

/** The unit's result in the cycle before, where there is one that this person may see. */
export async function lastResult(
  db: Database,
  now: EvaluatedCycle,
  unit: string,
  { others }: Audience,
): Promise<LastResult | null> {
  const cycle = await predecessorOf(db, now.cycle, unit)
  if (!cycle || (!others && !isVisibleToUnits(cycle))) return null
  const before = await evaluatedCycle(db, cycle.id)
  const [judgedNow, judgedBefore] = [judged(now, unit), judged(before, unit)]
  if (!judgedNow || !judgedBefore) return null
  return { cycle, result: judgedBefore.result, changes: changesSince(judgedNow, judgedBefore) }
}

function judged({ bundle, evaluation }: EvaluatedCycle, unit: string) {
  const result = evaluation.result.units.find((each) => each.unit === unit)
  if (!result) return undefined
  const { share } = evaluation.shares(unit)
  return { scheme: bundle.scheme, result, share, veto: vetoChange(evaluation.explain(unit)) }
}

function vetoChange({ total }: UnitExplanation): Decimal {
  return sum(total.flatMap(({ kind, change }) => (kind === 'veto' ? [parseExact(change)] : [])))
}

export interface LastResultView {
  cycle: string
  href: string
  facts: { label: string; before: string; now: string }[]
  effects: { label: string; change: ReadAmount; text: string }[]
  total: ReadAmount
  rows: ChangeRow[]
}

interface ChangeRow {
  name: string
  href: string | null
  before: string
  now: string
  unit: ReadAmount
  index: ReadAmount
  why: string
}

export function lastResultView(subject: Subject, last: LastResult | null): LastResultView | null {
  if (!last) return null
  const { cycle, result, changes } = last
  const { decimals } = subject
  const change = (amount: Decimal) => readableChange(amount, decimals)
  return {
    cycle: cycle.name,
    href: resultPath(cycle.id, result.unit),
    facts: facts(subject, result),
    effects: [
      { label: '本单位的变化', change: change(changes.unit), text: unitText(changes) },
      { label: '评价体系的变化', change: change(changes.index), text: indexText(changes) },
      {
        label: '其他',
        change: change(changes.other),
        text: '加分、扣分封顶，总分下限，四舍五入，以及有一次没有评的指标',
      },
    ],
    total: change(changes.total),
    rows: rows(subject, changes),
  }
}

function facts({ result }: Subject, before: UnitResult) {
  const place = ({ rank, complete }: UnitResult) =>
    rank === null ? (complete ? '不排名' : '未评完') : `第 ${rank} 名`
  return [
    { label: '总分', before: before.total, now: result.total },
    { label: '名次', before: place(before), now: place(result) },
    { label: '等次', before: before.grade ?? '未定', now: result.grade ?? '暂不定' },
  ]
}

function unitText({ indicators, veto }: Changes): string {
  const moved = indicators.map(({ unit }) => unit).filter((unit) => !isZero(unit))
  const up = moved.filter((unit) => sign(unit) > 0).length
  const vetoed = isZero(veto) ? '' : '；包括一票否决'
  return `口径相同的指标中，${up} 项上升，${moved.length - up} 项下降${vetoed}`
}

const INDEX_KINDS = [
  ['new', '新增'],
  ['gone', '取消'],
  ['rules', '改了名称、规则或分值'],
  ['reweighted', '改了分值或权重'],
  ['applies', '适用情况不同'],
] as const

function indexText({ indicators }: Changes): string {
  const parts = INDEX_KINDS.flatMap(([kind, words]) => {
    const count = indicators.filter((each) => each.kind === kind).length
    return count === 0 ? [] : [`${words} ${count} 项`]
  })
  return parts.length === 0 ? '指标、分值和权重都没有变' : parts.join('，')
}

/** The indicators of which anything changed, the largest change first. */
function rows(subject: Subject, { indicators }: Changes): ChangeRow[] {
  const { assessment, decimals, result } = subject
  const known = new Set([...indicatorsOf(assessment.scheme)].map(({ indicator }) => indicator.code))
  const size = (each: IndicatorChange) =>
    add(add(magnitude(each.unit), magnitude(each.index)), magnitude(each.other))
  const brought = (amount: Decimal | null) =>
    amount === null ? '—' : readable(amount, decimals).text
  return indicators
    .filter((each) => !isZero(size(each)) || (each.kind !== 'same' && each.kind !== 'reweighted'))
    .toSorted((a, b) => compare(size(b), size(a)))
    .map((each) => ({
      name: each.name,
      href:
        known.has(each.code) && each.code in result.scores ? partHref(subject, each.code) : null,
      before: brought(each.before),
      now: brought(each.now),
      unit: readableChange(each.unit, decimals),
      index: readableChange(each.index, decimals),
      why: WHY[each.kind],
    }))
}

const WHY: Readonly<Record<IndicatorChange['kind'], string>> = {
  same: '口径相同',
  reweighted: '分值或权重变了：上次的得分率按这次的分值折算',
  rules: '名称、规则或分值变了，不可比',
  new: '新增',
  gone: '取消',
  applies: '有一次不适用',
  unjudged: '有一次没有评，计入“其他”',
}

function magnitude(amount: Decimal): Decimal {
  return sign(amount) < 0 ? negate(amount) : amount
}
