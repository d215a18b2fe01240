/** Who and what takes part in a cycle (参评名单), and what keeps it from being taken out again. */

import type { Assessor } from './bundle.ts'
import { indicatorsOf, type Scheme } from './scheme.ts'

/** What can be entered about a unit or by an assessor. */
export const ENTRY_NAMES = {
  mark: '打分',
  value: '数值',
  tally: '测评票',
  event: '台账记录',
  veto: '一票否决',
  adjustment: '等次调整',
  self_mark: '自评',
  evidence: '佐证材料',
} as const

/** What only says who marks what; it goes with whom it is about. */
export const DUTY_NAMES = { assignment: '分工', recusal: '回避' } as const

export type Entered = keyof typeof ENTRY_NAMES | keyof typeof DUTY_NAMES

/** How many of each there are; what there is none of is absent. */
export type EntryCounts = Readonly<Partial<Record<Entered, number>>>

/** What keeps somebody from being taken out, in words: «打分 12 项、台账记录 1 项»; null if nothing does. */
export function entryWords(counts: EntryCounts): string | null {
  return listed(ENTRY_NAMES, counts)
}

/** What goes with him, in words; null if nothing does. */
export function dutyWords(counts: EntryCounts): string | null {
  return listed(DUTY_NAMES, counts)
}

function listed(names: Readonly<Record<string, string>>, counts: EntryCounts): string | null {
  const given = new Map<string, number>(Object.entries(counts))
  const words = Object.entries(names).flatMap(([key, name]) => {
    const count = given.get(key) ?? 0
    return count === 0 ? [] : [`${name} ${count} 项`]
  })
  return words.length === 0 ? null : words.join('、')
}

/** The sizes of a unit that rules of the scheme divide by, such as 人数; in the order of the scheme. */
export function measureNames(scheme: Scheme): string[] {
  const names = [...indicatorsOf(scheme)].flatMap(({ indicator: { method } }) =>
    method.type === 'ledger' ? method.rules.flatMap(({ dividedBy }) => dividedBy ?? []) : [],
  )
  return [...new Set(names)]
}

/** The rater classes (评价主体) that the scheme weighs, and those that assessors have already. */
export function raterGroups(scheme: Scheme, assessors: readonly Assessor[]): string[] {
  const weighed = [...indicatorsOf(scheme)].flatMap(({ indicator: { combine } }) =>
    combine?.type === 'weighted' ? Object.keys(combine.weights) : [],
  )
  return [...new Set([...weighed, ...assessors.flatMap(({ group }) => group ?? [])])]
}
