/**
 * Random but sound assessments: every method, combination and ledger rule, weighted and nested groups,
 * category-specific and non-applicable indicators. The same seed gives the same bundle.
 */

import type { Bundle, Event, Unit } from '../../server/domain/bundle.ts'
import type { CanonicalBundle } from '../../server/domain/canonical-bundle.ts'
import {
  type Combine,
  type Indicator,
  indicatorsOf,
  type MethodParameters,
  type Node,
  type Rule,
  type Scheme,
} from '../../server/domain/scheme.ts'

/** Draws numbers from a seed (mulberry32). */
export class Draw {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** from 0 up to, not including, 1 */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  integer(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1))
  }

  chance(part: number): boolean {
    return this.fraction() < part
  }

  pick<T>(list: readonly T[]): T {
    const found = list[this.integer(0, list.length - 1)]
    if (found === undefined) throw new RangeError('nothing to pick from')
    return found
  }

  shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((item) => ({ item, at: this.fraction() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item)
  }

  /** a decimal from 0 to `most` with `digits` fractional digits, as text */
  amount(most: number, digits: number): string {
    return (this.integer(0, most * 10 ** digits) / 10 ** digits).toFixed(digits)
  }
}

const CATEGORIES = ['党委部门', '政府部门']
const GROUPS = ['考核组', '领导', '互评']
const OPTIONS = ['满意', '基本满意', '不满意', '不了解']

/** A sound bundle with `units` units, drawn from `seed`. */
export function generatedBundle(seed: number, units = 6): Bundle {
  const draw = new Draw(seed)
  const scheme = drawnScheme(draw)
  const bundle: CanonicalBundle = {
    scheme,
    units: Array.from({ length: units }, (_, index) => drawnUnit(draw, scheme, index)),
    assessors: Array.from({ length: 6 }, (_, index) => ({
      code: `P${index + 1}`,
      name: `考核员${index + 1}`,
      group: GROUPS[index % GROUPS.length] ?? '考核组',
    })),
    marks: [],
    values: [],
    tallies: [],
    events: [],
    vetoes: [],
    adjustments: [],
  }
  for (const unit of bundle.units) {
    for (const indicator of indicatorsFor(scheme, unit)) enter(draw, bundle, unit, indicator)
    if (draw.chance(0.15)) {
      bundle.vetoes.push({
        unit: unit.code,
        veto: draw.pick(scheme.vetoes ?? []).code,
        reason: '通报',
      })
    }
    if (draw.chance(0.1))
      bundle.adjustments.push({ unit: unit.code, grade: '良好', reason: '审定' })
  }
  return bundle
}

/** The indicators that exist for a unit and apply to it. */
export function indicatorsFor(scheme: Scheme, unit: Unit): Indicator[] {
  return [...indicatorsOf(scheme)]
    .map(({ indicator }) => indicator)
    .filter(({ code, categories }) => {
      const exists = categories === undefined || categories.includes(unit.category)
      return exists && !unit.notApplicable?.includes(code)
    })
}

function drawnScheme(draw: Draw): Scheme {
  const base = ['A', 'B', 'C'].map((code) => drawnDimension(draw, code))
  const items = (prefix: string): Indicator[] =>
    [1, 2].map((n) => ({
      code: `${prefix}${n}`,
      name: `${prefix}${n}`,
      points: '3',
      method: {
        type: 'ledger',
        start: 'zero',
        pools: { 宣传: '0.6' },
        rules: drawnRules(draw, 'add'),
      },
    }))
  return {
    code: 'GEN',
    name: '生成的评价体系',
    decimals: draw.integer(0, 4),
    base,
    bonus: { cap: draw.chance(0.5) ? '2.5' : null, items: items('J') },
    penalty: { cap: draw.chance(0.5) ? '2' : null, items: items('K') },
    vetoes: [
      { code: 'V1', name: '降档', effects: [{ type: 'drop', by: 1 }] },
      { code: 'V2', name: '封顶', effects: [{ type: 'ceiling', grade: '合格' }] },
      { code: 'V3', name: '清零', effects: [{ type: 'zero' }, { type: 'grade', grade: '不合格' }] },
      { code: 'V4', name: '不排名', effects: [{ type: 'unranked' }] },
    ],
    notApplicable: draw.pick(['rescale', 'rescale', 'full', 'zero'] as const),
    matterScope: draw.pick(['indicator', 'scheme'] as const),
    totalFloor: draw.chance(0.5) ? '0' : null,
    ranking: {
      within: draw.pick(['category', 'overall'] as const),
      ties: draw.pick(['standard', 'dense'] as const),
      tieBreak: draw.chance(0.5) ? ['A', '-penalty'] : [],
    },
    grades: [
      {
        name: '优秀',
        min: draw.chance(0.5) ? '60%' : '30',
        quota: '30%',
        quotaRounding: draw.pick(['floor', 'nearest', 'ceil'] as const),
        quotaTies: draw.pick(['demote', 'admit'] as const),
      },
      { name: '良好', min: '50%', quota: '50%' },
      { name: '合格', min: '40%' },
      { name: '不合格' },
    ],
  }
}

function drawnDimension(draw: Draw, code: string): Node {
  const plain = [1, 2, 3].map((n) => drawnIndicator(draw, `${code}1.${n}`, draw.integer(2, 9)))
  const own = CATEGORIES.map((category, index) => ({
    ...drawnIndicator(draw, `${code}1.${index === 0 ? 'x' : 'y'}`, 4),
    categories: [category],
  }))
  const plainPoints = plain.reduce((sum, { points }) => sum + Number(points), 4)
  const inner: Node = {
    code: `${code}2.2`,
    name: `${code}2.2`,
    points: '7',
    weight: '35',
    children: [drawnIndicator(draw, `${code}2.2.1`, 3), drawnIndicator(draw, `${code}2.2.2`, 4)],
  }
  const weighted: Node = {
    code: `${code}2`,
    name: `${code}2`,
    points: '6',
    weighted: true,
    children: [
      { ...drawnIndicator(draw, `${code}2.1`, draw.pick([5, 10, 100])), weight: '40' },
      inner,
      { ...drawnIndicator(draw, `${code}2.3`, 10), weight: '25' },
    ],
  }
  return {
    code,
    name: `维度${code}`,
    points: String(plainPoints + 6),
    children: [
      {
        code: `${code}1`,
        name: `${code}1`,
        points: String(plainPoints),
        children: [...plain, ...own],
      },
      weighted,
    ],
  }
}

function drawnIndicator(draw: Draw, code: string, points: number): Indicator {
  const method = drawnMethod(draw, points)
  const marked = ['direct', 'levels', 'pass'].includes(method.type)
  const combine: Combine | undefined = marked
    ? draw.pick<Combine>([
        { type: 'mean' },
        { type: 'median' },
        { type: 'trimmed', drop: 1, from: 4 },
        { type: 'weighted', weights: { 考核组: 50, 领导: '30', 互评: 20 } },
        { type: 'weighted', weights: { 考核组: 1, 领导: 2 }, within: { type: 'median' } },
      ])
    : undefined
  return {
    code,
    name: `指标${code}`,
    points: String(points),
    method,
    ...(combine ? { combine } : {}),
    ...(method.type === 'survey' && draw.chance(0.5)
      ? { combine: { type: 'weighted', weights: { 领导: 40, 互评: 60 } } as const }
      : {}),
  }
}

function drawnMethod(draw: Draw, points: number): MethodParameters {
  const options = OPTIONS.map((name, index) => ({
    name,
    ...(index < 3 ? { share: ['100%', '75%', '0%'][index] ?? '0%' } : {}),
  }))
  return draw.pick<MethodParameters>([
    { type: 'direct', step: '0.1' },
    { type: 'direct', scale: '100' },
    {
      type: 'levels',
      levels: [
        { name: '好', share: '100%' },
        { name: '一般', points: String(points / 2) },
        { name: '差', min: '0', max: '1' },
      ],
    },
    { type: 'pass' },
    { type: 'ratio', from: '60', target: '97', floor: '20%' },
    { type: 'ratio', from: '30', target: '3' },
    {
      type: 'steps',
      steps: [
        { atLeast: '90', share: '100%' },
        { above: '60', points: '1' },
      ],
    },
    { type: 'relative', basis: 'best' },
    { type: 'relative', basis: 'range', better: 'lower', floor: '50%' },
    { type: 'relative', basis: 'rank', step: '7%' },
    { type: 'survey', options },
    {
      type: 'survey',
      options,
      rateOf: ['满意', '基本满意'],
      steps: [
        { atLeast: '80', share: '100%' },
        { atLeast: '40', share: '33%' },
      ],
      minBallots: 2,
    },
    {
      type: 'ledger',
      start: draw.pick(['full', 'zero', '1.5']),
      floor: draw.pick([null, '0', '-1.5']),
      cap: draw.pick([null, String(points)]),
      pools: { 宣传: '0.6' },
      rules: drawnRules(draw, 'deduct'),
    },
  ])
}

function drawnRules(draw: Draw, usual: 'add' | 'deduct'): Rule[] {
  const other = usual === 'add' || draw.chance(0.5) ? 'add' : 'deduct'
  return [
    { code: 'r1', name: '每少一次', sign: usual, kind: 'count', points: draw.amount(1, 1) },
    {
      code: 'r2',
      name: '通报',
      sign: usual,
      kind: 'tiers',
      tiers: { 市级: '0.5', 省级: '1' },
      factors: { 主动报告: '0.5', 瞒报: '2' },
      surcharges: { 重大影响: '1' },
      cap: '2',
    },
    { code: 'r3', name: '酌情', sign: usual, kind: 'range', min: '0.1', max: '2' },
    {
      code: 'r4',
      name: '覆盖率',
      sign: usual,
      kind: 'excess',
      threshold: '80',
      direction: 'below',
      per: '3',
      points: '0.3',
      partial: draw.pick(['exact', 'full', 'started'] as const),
    },
    { code: 'r5', name: '信息', sign: other, kind: 'count', points: '0.4', pool: '宣传' },
    { code: 'r6', name: '按规模', sign: usual, kind: 'count', points: '5', dividedBy: '人数' },
    {
      code: 'r7',
      name: '执行率',
      sign: usual,
      kind: 'bands',
      steps: [{ below: '60', points: '1.5' }],
    },
    { code: 'r8', name: '平台', sign: usual, kind: 'value', factor: '0.01' },
  ]
}

function drawnUnit(draw: Draw, scheme: Scheme, index: number): Unit {
  const category = CATEGORIES[index % 2] ?? '党委部门'
  const unit: Unit = {
    code: `U${index + 1}`,
    name: `单位${index + 1}`,
    category,
    measures: { 人数: String(draw.integer(3, 40)) },
  }
  if (!draw.chance(0.4)) return unit
  const codes = indicatorsFor(scheme, unit).map(({ code }) => code)
  // Never all of the base: the three indicators of A1 that everybody has may stay.
  const spared = new Set(['A1.1'])
  const notApplicable = codes.filter((code) => !spared.has(code) && draw.chance(0.25))
  return { ...unit, notApplicable }
}

function enter(
  draw: Draw,
  bundle: CanonicalBundle,
  unit: Unit,
  { code, points, method, combine }: Indicator,
) {
  const at = { unit: unit.code, indicator: code }
  switch (method.type) {
    case 'direct':
    case 'levels':
    case 'pass': {
      for (const assessor of bundle.assessors) {
        if (draw.chance(0.08)) continue
        if (combine?.type === 'weighted' && !combine.weights[assessor.group ?? '']) continue
        const mark =
          method.type === 'pass'
            ? draw.chance(0.8)
            : method.type === 'levels'
              ? draw.pick(['好', '一般', { level: '差', points: draw.amount(1, 2) }])
              : draw.amount(Number(method.scale ?? points), 1)
        bundle.marks.push({ ...at, assessor: assessor.code, mark })
      }
      return
    }
    case 'ratio':
    case 'steps':
    case 'relative':
      if (!draw.chance(0.03)) bundle.values.push({ ...at, value: draw.amount(110, 1) })
      return
    case 'survey': {
      const groups = combine?.type === 'weighted' ? Object.keys(combine.weights) : [undefined]
      for (const group of groups) {
        const counts = Object.fromEntries(OPTIONS.map((name) => [name, draw.integer(0, 30)]))
        bundle.tallies.push({ ...at, ...(group === undefined ? {} : { group }), counts })
      }
      return
    }
    case 'ledger':
      for (const rule of method.rules) {
        if (draw.chance(0.25)) bundle.events.push(drawnEvent(draw, at, rule))
      }
  }
}

function drawnEvent(draw: Draw, at: { unit: string; indicator: string }, rule: Rule): Event {
  return {
    ...at,
    rule: rule.code,
    reason: '依据材料',
    ...(draw.chance(0.3) ? { count: draw.integer(2, 4) } : {}),
    ...(draw.chance(0.3) ? { matter: draw.pick(['M1', 'M2']) } : {}),
    ...(rule.kind === 'tiers' ? { tier: draw.pick(Object.keys(rule.tiers)) } : {}),
    ...(rule.kind === 'range' ? { points: draw.amount(1, 1).replace('0.0', '0.1') } : {}),
    ...(['excess', 'bands', 'value'].includes(rule.kind) ? { value: draw.amount(100, 1) } : {}),
    ...(rule.factors && draw.chance(0.4)
      ? { factors: [draw.pick(Object.keys(rule.factors))] }
      : {}),
    ...(rule.surcharges && draw.chance(0.4) ? { surcharges: ['重大影响'] } : {}),
  }
}
