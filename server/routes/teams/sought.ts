/** Which of his team's marks a lead looks for, as the address says it. */

import { STANDING_NAMES, STANDINGS } from '../../domain/mark-standing.ts'
import { isWaiting, type TeamCell, type TeamWork } from './work.ts'

const NAMES = ['unit', 'indicator', 'member', 'standing'] as const

export type Sought = Readonly<Record<(typeof NAMES)[number], string>>

export function soughtIn(query: Readonly<Record<string, unknown>>): Sought {
  const text = (name: keyof Sought) => {
    const value = query[name]
    return typeof value === 'string' ? value : ''
  }
  return {
    ...{ unit: text('unit'), indicator: text('indicator') },
    ...{ member: text('member'), standing: text('standing') },
  }
}

export function soughtQuery(sought: Sought): string {
  const named = NAMES.map((name): [string, string] => [name, sought[name]])
  return new URLSearchParams(named.filter(([, value]) => value !== '')).toString()
}

export function isSought(cell: TeamCell, of: Sought): boolean {
  const { unit, indicator, assessor } = cell
  return (
    (of.unit === '' || of.unit === unit.code) &&
    (of.indicator === '' || of.indicator === indicator.code) &&
    (of.member === '' || of.member === assessor.code) &&
    (of.standing === '' || isOfKind(cell, of.standing))
  )
}

/** Whether a cell stands so, or was returned and is so far answered. */
function isOfKind(cell: TeamCell, kind: string): boolean {
  if (kind === 'waiting') return isWaiting(cell)
  if (kind === 'answered') return cell.returns.length > 0 && !isWaiting(cell)
  return cell.standing === kind
}

const KINDS = [
  ...STANDINGS.map((each) => [each, STANDING_NAMES[each]] as const),
  ['waiting', '已退回，待答复'],
  ['answered', '退回后已答复'],
] as const

/** The choices of the form above the list. */
export function soughtFields(work: TeamWork, sought: Sought) {
  const { cells, units, members } = work
  const indicators = [...new Map(cells.map(({ indicator: { code, name } }) => [code, name]))]
  const field = (name: keyof Sought, label: string, options: readonly (readonly string[])[]) => ({
    ...{ name, label },
    options: options.map(([value = '', text = '']) => {
      return { value, label: text, selected: value === sought[name] }
    }),
  })
  return [
    field('unit', '单位', [['', '全部单位'], ...units.map(({ code, name }) => [code, name])]),
    field('indicator', '指标', [
      ['', '全部指标'],
      ...indicators.map(([code, name]) => [code, `${code} ${name}`]),
    ]),
    field('member', '组员', [
      ['', '全部组员'],
      ...members.map(({ assessor }) => [assessor.code, assessor.name]),
    ]),
    field('standing', '情况', [
      ['', '全部'],
      ...KINDS.map(([kind, name]) => [
        kind,
        `${name}（${cells.filter((cell) => isOfKind(cell, kind)).length}）`,
      ]),
    ]),
  ]
}
