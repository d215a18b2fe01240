import { indicatorSentence } from './indicator-sentence.ts'
import { type PlacedIndicator, placedIndicators } from './placed-indicators.ts'
import type { Scheme } from './scheme.ts'

/** One difference between two versions of a scheme, in words. */
export interface SchemeChange {
  kind: 'added' | 'removed' | 'changed' | 'rules'
  what: string
  /** null where there was nothing */
  before: string | null
  after: string | null
}

/**
 * What a later version of a scheme says otherwise: indicators by their codes first, in the order of the
 * later one, then what holds for all of them.
 *
 * @returns nothing if both score alike and read alike
 */
export function schemeChanges(before: Scheme, after: Scheme): SchemeChange[] {
  const [was, is] = [byCode(before), byCode(after)]
  const indicators = [...is].flatMap(([code, now]): SchemeChange[] => {
    const then = was.get(code)
    const what = `${code} ${now.indicator.name}`
    if (!then) return [{ kind: 'added', what, before: null, after: indicatorWords(now) }]
    const words = { before: indicatorWords(then), after: indicatorWords(now) }
    if (same(plain(then), plain(now))) return []
    return [{ kind: 'changed', what, ...words }]
  })
  const removed = [...was].flatMap(([code, then]): SchemeChange[] => {
    if (is.has(code)) return []
    const what = `${code} ${then.indicator.name}`
    return [{ kind: 'removed', what, before: indicatorWords(then), after: null }]
  })
  const rules = RULES.flatMap(({ what, of }): SchemeChange[] =>
    same(of(before), of(after)) ? [] : [{ kind: 'rules', what, before: null, after: null }],
  )
  return [...indicators, ...removed, ...rules]
}

/** What holds for the scheme as a whole; only that it changed is told. */
const RULES: readonly { what: string; of: (scheme: Scheme) => unknown }[] = [
  { what: '名称和说明', of: ({ name, year, approval, note }) => [name, year, approval, note] },
  { what: '保留小数', of: ({ decimals }) => decimals },
  { what: '指标的分组、权重和先后', of: (scheme) => placedIndicators(scheme).map(groupsOf) },
  { what: '加分和倒扣分的上限', of: ({ bonus, penalty }) => [bonus?.cap, penalty?.cap] },
  { what: '一票否决', of: ({ vetoes }) => vetoes },
  { what: '不适用、事项和总分下限', of: (s) => [s.notApplicable, s.matterScope, s.totalFloor] },
  { what: '排名', of: ({ ranking }) => ranking },
  { what: '等次', of: ({ grades }) => grades },
]

function byCode(scheme: Scheme): Map<string, PlacedIndicator> {
  return new Map(placedIndicators(scheme).map((placed) => [placed.indicator.code, placed]))
}

/** «8 分；在0到8分之间直接打分». */
function indicatorWords({ indicator, section, groups }: PlacedIndicator): string {
  const { name, points, categories } = indicator
  const of = groups.map((group) => group.name).join(' / ')
  return [
    name,
    ...(of === '' ? [] : [of]),
    ...(points === undefined ? [] : [`${points} 分`]),
    indicatorSentence(indicator, section),
    ...(categories ? [`只考核${categories.join('、')}`] : []),
  ].join('；')
}

/** What of an indicator is its own. */
function plain({ indicator, section }: PlacedIndicator): unknown {
  return [section, indicator]
}

function groupsOf({ indicator, groups }: PlacedIndicator): unknown {
  return [indicator.code, groups.map(({ children: _, ...group }) => group)]
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
