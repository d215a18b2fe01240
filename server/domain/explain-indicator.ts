/** Why an indicator's award is what it is: every entry with its fate, every step to the award. */

import type { Award, Awards } from './award.ts'
import { type Judgement, shares } from './combine.ts'
import {
  compare,
  type Decimal,
  isZero,
  multiply,
  negate,
  print,
  printExact,
  sign,
  ZERO,
} from './decimal.ts'
import type { EntryExplanation, EntryFate, IndicatorExplanation } from './explanation.ts'
import type { PreparedBundle, PreparedUnit } from './prepare-bundle.ts'
import type { PreparedIndicator } from './prepared-scheme.ts'
import type { AgreedRow } from './read-agreed.ts'
import { cellOf } from './read-entries.ts'
import { StepList } from './step-list.ts'

export interface ExplainedCell {
  bundle: PreparedBundle
  awards: Awards
  unit: PreparedUnit
  indicator: PreparedIndicator
}

type Entries = Pick<IndicatorExplanation, 'entries'> & { list: StepList }

export function explainIndicator(cell: ExplainedCell): IndicatorExplanation {
  const { bundle, awards, unit, indicator } = cell
  const { decimals } = bundle.scheme
  const award = awards.award(unit, indicator)
  const { entries, list } = unit.notApplicable?.has(indicator.index)
    ? notApplicable(award, bundle.scheme.notApplicable)
    : byEntry(cell, award)
  if (award.score) list.reach('rounding', `四舍五入到 ${decimals} 位小数`, award.score)
  return {
    indicator: indicator.code,
    section: indicator.section,
    points: indicator.points && printExact(indicator.points),
    award: award.score && print(award.score, decimals),
    state: stateOf(cell, award, entries),
    agreed: awards.agreed(unit, indicator)?.position ?? null,
    entries,
    steps: list.steps,
  }
}

function stateOf(
  { awards, unit, indicator }: ExplainedCell,
  award: Award,
  entries: readonly EntryExplanation[],
): IndicatorExplanation['state'] {
  if (unit.notApplicable?.has(indicator.index)) return 'not-applicable'
  if (award.exact === null && indicator.section === 'base') return 'missing'
  return entries.length > 0 || awards.agreed(unit, indicator) ? 'judged' : 'default'
}

function notApplicable(award: Award, policy: 'rescale' | 'full' | 'zero'): Entries {
  const list = new StepList()
  const how = policy === 'full' ? '按满分计' : '按 0 分计'
  if (award.score) list.step('not-applicable', `不适用，${how}`, award.exact ?? ZERO)
  return { entries: [], list }
}

function byEntry(cell: ExplainedCell, award: Award): Entries {
  switch (cell.indicator.method.entry) {
    case 'marks':
      return marks(cell, award)
    case 'values':
      return value(cell, award)
    case 'tallies':
      return tallies(cell, award)
    case 'events':
      return events(cell)
  }
}

function positionsOf(
  { bundle, unit, indicator }: ExplainedCell,
  list: 'marks' | 'tallies' | 'events',
): Int32Array {
  return bundle.entries[list].cells.positions(cellOf(bundle.scheme, unit.index, indicator.index))
}

function marks(cell: ExplainedCell, award: Award): Entries {
  const { awards, unit, indicator } = cell
  const list = new StepList()
  const judgements = awards.judgements(unit, indicator)
  const agreed = awards.agreed(unit, indicator)
  const parts = award.exact === null || agreed ? [] : shares(indicator.combine, judgements)
  const left: EntryFate = agreed ? 'agreed-instead' : 'missing'
  const entries = [...positionsOf(cell, 'marks')].map((position, index): EntryExplanation => {
    const { award: worth } = judgements[index] as Judgement
    const part = parts[index] ?? { weight: ZERO, why: left }
    const change = multiply(worth, part.weight)
    if (part.why === 'counted') {
      const text = `打分折合 ${printExact(worth)} 分，占 ${printExact(part.weight)}`
      list.step('entry', text, change, { entry: index })
    }
    return {
      kind: 'mark',
      position,
      worth: printExact(worth),
      change: printExact(change),
      why: part.why,
      weight: printExact(part.weight),
    }
  })
  if (agreed) list.step('agreed', agreedWords(cell, agreed, judgements), agreed.award)
  else if (award.exact === null) list.step('missing', missingMarks(indicator, judgements), ZERO)
  return { entries, list }
}

/** «议定 36 分，原打分 38、33.5，合成 35.75 分。理由：…»: the marks from the highest down, so that no order tells whose. */
function agreedWords(
  { awards, unit, indicator }: ExplainedCell,
  { award, row }: AgreedRow,
  judgements: readonly Judgement[],
): string {
  const worths = judgements.map((each) => each.award).sort((a, b) => compare(b, a))
  const combined = awards.combined(unit, indicator)
  const sum = combined ? `，合成 ${printExact(combined)} 分` : '，还没有评完'
  const marks =
    worths.length === 0 ? '没有打分' : `原打分 ${worths.map(printExact).join('、')}${sum}`
  const document = row.document ? `（${row.document}）` : ''
  return `议定 ${printExact(award)} 分，${marks}。理由：${row.reason.trim()}${document}`
}

function missingMarks({ combine }: PreparedIndicator, judgements: readonly Judgement[]): string {
  if (judgements.length === 0 || !combine.groups) return '还没有打分，暂计 0 分'
  const absent = [...combine.groups.keys()].filter(
    (name) => !judgements.some(({ group }) => group === name),
  )
  return `评价主体${absent.map((name) => `「${name}」`).join('、')}还没有打分，暂计 0 分`
}

function value(cell: ExplainedCell, award: Award): Entries {
  const { awards, unit, indicator } = cell
  const list = new StepList()
  const entry = awards.value(unit, indicator)
  if (!entry || award.exact === null || indicator.method.entry !== 'values') {
    list.step('missing', '还没有填数值，暂计 0 分', ZERO)
    return { entries: [], list }
  }
  const peers = awards.peers(unit.category.index, indicator)
  list.step('entry', indicator.method.explain(entry.value, peers), award.exact, { entry: 0 })
  const amount = printExact(award.exact)
  return {
    entries: [
      { kind: 'value', position: entry.position, worth: amount, change: amount, why: 'counted' },
    ],
    list,
  }
}

function tallies(cell: ExplainedCell, award: Award): Entries {
  const { bundle, awards, unit, indicator } = cell
  const { method, combine } = indicator
  const list = new StepList()
  if (method.entry !== 'tallies') return { entries: [], list }
  const missing = award.exact === null
  const byGroup = new Map<string | null, { worth: Decimal | null; change: Decimal }>()
  for (const [group, weight] of combine.groups ?? [[null, null] as const]) {
    const counts = awards.ballots(unit, indicator, group)
    const worth = counts ? method.award(counts) : null
    const change = missing || !worth ? ZERO : weight ? multiply(weight, worth) : worth
    byGroup.set(group, { worth, change })
    const head = group === null ? '' : `「${group}」占 ${printExact(weight ?? ZERO)}：`
    const found = counts ? method.explain(counts) : '还没有测评票'
    list.step(worth ? 'option' : 'missing', head + found, change)
  }
  const positions = [...positionsOf(cell, 'tallies')]
  const entries = positions.map((position): EntryExplanation => {
    const group = combine.groups ? (bundle.entries.tallies.rows[position]?.group ?? null) : null
    const found = byGroup.get(group)
    const alone = combine.groups !== null || positions.length === 1
    return {
      kind: 'tally',
      position,
      worth: printExact(found?.worth ?? ZERO),
      change: alone ? printExact(found?.change ?? ZERO) : null,
      why: missing ? 'missing' : 'counted',
    }
  })
  return { entries, list }
}

function events(cell: ExplainedCell): Entries {
  const { bundle, awards, unit, indicator } = cell
  const list = new StepList()
  if (indicator.method.entry !== 'events') return { entries: [], list }
  const { parts, clamped } = awards.ledger(unit, indicator)
  const { rules, worths, winner } = bundle.entries.events
  const { start } = indicator.method
  const positions = positionsOf(cell, 'events')
  const none = positions.length === 0 ? '（没有台账记录）' : ''
  list.step('start', `起评 ${printExact(start)} 分${none}`, start)
  const entries = parts.map(({ change, why }, index): EntryExplanation => {
    const position = positions[index] as number
    const rule = rules[position]
    const amount = printExact(sign(change) < 0 ? negate(change) : change)
    // In penalty the award is taken off the total, so what adds to it reads as 扣.
    const raises = (rule?.sign === 'add') === (indicator.section !== 'penalty')
    const verb = raises ? '加' : '扣'
    if (!isZero(change)) {
      const text = `${rule?.name ?? ''}：${verb} ${amount} 分${FATES[why]}`
      list.step('entry', text, change, { entry: index })
    }
    return {
      kind: 'event',
      position,
      worth: printExact(worths[position] ?? ZERO),
      change: printExact(change),
      why,
      ...(why === 'highest-only' ? { insteadOf: winner(position) } : {}),
    }
  })
  if (!isZero(clamped)) list.step('clamp', sign(clamped) > 0 ? '不低于下限' : '不超过上限', clamped)
  return { entries, list }
}

/** What is said of an event that did not count, or not in full. */
const FATES: Record<EntryFate, string> = {
  counted: '',
  'trimmed-high': '',
  'trimmed-low': '',
  'not-middle': '',
  'agreed-instead': '',
  missing: '',
  'highest-only': '（同一事项就高不重复）',
  'rule-cap': '（达到本条规则的累计上限）',
  'pool-cap': '（达到合并限额）',
  floor: '（扣完为止）',
  cap: '（达到本项上限）',
}
