/** What the assignment form offers: everybody, a group of them, or one; and which codes a choice stands for. */

import type { Assessor, Unit } from '../../domain/bundle.ts'
import { entryKind } from '../../domain/duty.ts'
import { type PlacedIndicator, placedIndicators } from '../../domain/placed-indicators.ts'
import type { Scheme } from '../../domain/scheme.ts'
import type { Team } from '../../store/teams.ts'

/** One line of a choice, and the codes that it stands for. */
export interface Choice {
  value: string
  label: string
  codes: readonly string[]
}

export function assessorChoices(
  assessors: readonly Assessor[],
  teams: readonly Team[] = [],
): Choice[] {
  return [
    { value: 'all', label: '全部考核员', codes: assessors.map(({ code }) => code) },
    ...teams.map(({ code, name, members }) => ({
      value: `team:${code}`,
      label: `考核组：${name}（${members.length}）`,
      codes: members,
    })),
    ...grouped(assessors, ({ group }) => group, '评价主体'),
    ...assessors.map(({ code, name }) => one(code, name)),
  ]
}

export function indicatorChoices(scheme: Scheme): Choice[] {
  const judged = judgedIndicators(scheme).map(({ indicator }) => indicator)
  return [
    { value: 'all', label: '全部由考核员打分的指标', codes: judged.map(({ code }) => code) },
    ...grouped(judged, ({ owner }) => owner, '条线'),
    ...judged.map(({ code, name }) => one(code, `${code} ${name}`)),
  ]
}

export function unitChoices(units: readonly Unit[]): Choice[] {
  return [
    { value: 'all', label: '全部单位', codes: units.map(({ code }) => code) },
    ...grouped(units, ({ category }) => category, '类别'),
    ...units.map(({ code, name }) => one(code, name)),
  ]
}

/** The indicators that assessors mark, in the order of the scheme. */
export function judgedIndicators(scheme: Scheme): PlacedIndicator[] {
  return placedIndicators(scheme).filter((placed) => entryKind(placed) === 'mark')
}

function one(code: string, label: string): Choice {
  return { value: `one:${code}`, label, codes: [code] }
}

function grouped<Item extends { code: string }>(
  items: readonly Item[],
  groupOf: (item: Item) => string | undefined,
  word: string,
): Choice[] {
  const groups = Map.groupBy(items, (item) => groupOf(item) ?? '')
  return [...groups]
    .filter(([name]) => name !== '')
    .map(([name, members]) => {
      const codes = members.map(({ code }) => code)
      return { value: `group:${name}`, label: `${word}：${name}（${codes.length}）`, codes }
    })
}

/** The codes that what was chosen stands for; none if nothing, or nothing known, was chosen. */
export function codesOf(choices: readonly Choice[], chosen: string): readonly string[] {
  return choices.find(({ value }) => value === chosen)?.codes ?? []
}
