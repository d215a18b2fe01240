/** Everything views/teams/returns.hbs prints: the marks that were given back to one assessor. */

import { beijingTime } from '../../domain/beijing-time.ts'
import type { Unit } from '../../domain/bundle.ts'
import { markWords } from '../../domain/mark-words.ts'
import { indicatorsOf, type Scheme } from '../../domain/scheme.ts'
import { closedWords } from '../../domain/stage.ts'
import type { AppError } from '../../errors.ts'
import type { Cycle } from '../../store/cycles.ts'
import type { MarkReturn } from '../../store/mark-returns.ts'
import type { StoredMark } from '../../store/mark-rows.ts'

/** An answer that was not taken, as it was typed. */
export interface AnswerFault {
  /** which return it was for */
  id: string
  words: string
  error: AppError
}

export interface ShownReturns {
  cycle: Cycle
  scheme: Scheme
  units: readonly Unit[]
  /** codes of units that he is recused from */
  recused: ReadonlySet<string>
  returns: readonly MarkReturn[]
  marks: readonly StoredMark[]
  fault: AnswerFault | undefined
}

export function returnsView(given: ShownReturns) {
  const { cycle, returns, fault } = given
  const path = `/cycles/${cycle.id}`
  const [waiting, answered] = [
    returns.filter(({ answer }) => answer === null),
    returns.filter(({ answer }) => answer !== null),
  ]
  return {
    title: '退回的打分',
    breadcrumbs: [
      { href: '/cycles', label: '考核周期' },
      { href: path, label: cycle.name },
      { href: `${path}/scoring`, label: '我的打分' },
    ],
    closed: closedWords('check', cycle.stage),
    none: returns.length === 0,
    waiting: waiting.map((each) => waitingView(given, each)),
    answered: answered.map((each) => answeredView(given, each)).reverse(),
    errors: fault ? [{ href: `#words-${fault.id}`, message: fault.error.message }] : [],
  }
}

function waitingView(given: ShownReturns, each: MarkReturn) {
  const { cycle, recused, fault } = given
  const path = `/cycles/${cycle.id}`
  const typed = fault?.id === each.id ? fault : undefined
  const shut = recused.has(each.unit) || closedWords('check', cycle.stage) !== null
  return {
    ...placeView(given, each),
    id: `words-${each.id}`,
    recused: recused.has(each.unit),
    mark: recused.has(each.unit) ? '—' : markNow(given, each),
    change: shut ? null : `${path}/scoring/units/${encodeURIComponent(each.unit)}`,
    action: shut ? null : `${path}/returns/${each.id}/answer`,
    words: typed?.words ?? '',
    error: typed?.error.message ?? null,
  }
}

function answeredView(given: ShownReturns, each: MarkReturn) {
  return {
    ...placeView(given, each),
    words: each.answer?.words ?? '',
    how: each.answer?.changed ? '已改动' : '维持原分',
    answeredAt: beijingTime(each.answer?.at ?? each.returnedAt),
  }
}

function placeView({ scheme, units }: ShownReturns, { unit, indicator, ...each }: MarkReturn) {
  const found = [...indicatorsOf(scheme)].find((one) => one.indicator.code === indicator)
  return {
    unit: units.find(({ code }) => code === unit)?.name ?? unit,
    indicator: `${indicator} ${found?.indicator.name ?? ''}`,
    remark: each.remark,
    returnedAt: beijingTime(each.returnedAt),
  }
}

/** His mark as it is now, with its reason. */
function markNow({ marks }: ShownReturns, { unit, indicator }: MarkReturn): string {
  const mark = marks.find((each) => each.unit === unit && each.indicator === indicator)
  return [markWords(mark?.mark ?? null), ...(mark?.reason ? [mark.reason] : [])].join('：')
}
