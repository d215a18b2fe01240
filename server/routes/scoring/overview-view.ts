/** Everything views/scoring/overview.hbs prints: what is done and what is left. */

import type { Unit } from '../../domain/bundle.ts'
import type { Duty } from '../../domain/duty.ts'
import { indicatorSentence } from '../../domain/indicator-sentence.ts'
import { shown } from '../../domain/methods/amounts.ts'
import {
  type Desk,
  isUnfinished,
  lockedWords,
  ownDuties,
  type Progress,
  progressOf,
  stateOf,
} from './desk.ts'

export type Way = 'indicator' | 'unit'

export function scoringPath({ cycle }: Desk): string {
  return `/cycles/${cycle.id}/scoring`
}

/** The way here. @param below whether the page lies below the overview */
export function trail(desk: Desk, below: boolean, way: Way = 'indicator') {
  const { cycle } = desk
  const overview = { href: overviewPath(desk, way), label: workName(desk) }
  return [
    { href: '/cycles', label: '考核周期' },
    { href: `/cycles/${cycle.id}`, label: cycle.name },
    ...(below ? [overview] : []),
  ]
}

export function overviewPath(desk: Desk, way: Way): string {
  return way === 'unit' ? `${scoringPath(desk)}?by=unit` : scoringPath(desk)
}

function workName({ marking }: Desk): string {
  return marking ? '我的打分' : '数据录入'
}

/** Done and left in words and as a bar. */
export function progressView({ done, total }: Progress) {
  return {
    done,
    total: Math.max(1, total),
    left: total - done,
    text: total === 0 ? '没有需要填的' : `${done} / ${total}`,
    leftText: total === 0 ? '—' : total === done ? '已完成' : `剩 ${total - done}`,
    finished: total > 0 && done === total,
  }
}

export function overviewView(desk: Desk, way: Way) {
  const marks = desk.duties.filter(({ entry, optional }) => entry === 'mark' && !optional)
  const single = desk.duties.filter(({ optional }) => optional)
  const line = desk.duties.filter(({ entry }) => entry !== 'mark')
  const own = ownDuties(desk)
  return {
    title: workName(desk),
    breadcrumbs: trail(desk, false),
    cycle: desk.cycle.name,
    closed: desk.marking ? desk.marksClosed : desk.closed,
    locked: lockedWords(desk),
    returns: desk.open.returns.length === 0 ? null : String(desk.open.returns.length),
    answers: `/cycles/${desk.cycle.id}/returns`,
    assessor: desk.assessor
      ? `以考核员「${desk.assessor.name}」的名义打分${desk.assessor.group ? `（评价主体：${desk.assessor.group}）` : ''}`
      : null,
    unlisted: desk.marking && desk.assessor === null,
    recused:
      desk.units
        .filter(({ code }) => desk.recused.has(code))
        .map(({ name }) => name)
        .join('、') || null,
    progress: progressView(progressOf(desk, own)),
    progressName: marks.length > 0 ? '打分进度' : '数据录入进度',
    next: desk.closed || lockedWords(desk) ? null : nextLink(desk, own, way),
    tabs: [
      { href: overviewPath(desk, 'indicator'), label: '按指标', current: way === 'indicator' },
      { href: overviewPath(desk, 'unit'), label: '按单位', current: way === 'unit' },
    ],
    byIndicator:
      way === 'indicator'
        ? [
            block('marks', '由我打分的指标', null, desk, marks),
            block('single', '不一定由我打分的指标', SINGLE, desk, single),
            block('line', '条线数据：数值和民主测评', LINE, desk, line),
          ].filter(({ rows }) => rows.length > 0)
        : [],
    values: desk.duties.some(({ entry }) => entry === 'value')
      ? `/cycles/${desk.cycle.id}/values/import`
      : null,
    sheet:
      desk.assessor &&
      !desk.closed &&
      desk.open.submitted === null &&
      marks.length + single.length > 0
        ? `/cycles/${desk.cycle.id}/score-sheet`
        : null,
    ledger: `/cycles/${desk.cycle.id}/ledger`,
    ledgers: desk.ledgers.map(({ indicator }) => ({
      code: indicator.code,
      name: indicator.name,
      href: `${scoringPath(desk)}/indicators/${encodeURIComponent(indicator.code)}`,
    })),
    byUnit: way === 'unit' ? desk.units.map((unit) => unitRow(desk, unit, marks, line)) : [],
    marksShown: marks.length > 0,
  }
}

const SINGLE = '这些指标每个单位只由一位考核员打分。分给您的才填；填过之后计入您的进度。'
const LINE = '由条线责任单位填写，多人共用一份；谁填都可以，改动留有记录。'

function block(
  id: string,
  title: string,
  hint: string | null,
  desk: Desk,
  duties: readonly Duty[],
) {
  return {
    ...{ id, title, hint },
    rows: duties.map((duty) => {
      const { code, name, points, owner } = duty.indicator
      return {
        code,
        name,
        href: `${scoringPath(desk)}/indicators/${encodeURIComponent(code)}`,
        points: points === undefined ? '—' : shown(points),
        owner: owner ?? '—',
        rule: indicatorSentence(duty.indicator, duty.section),
        progress: progressView(progressOf(desk, [duty])),
      }
    }),
  }
}

function unitRow(desk: Desk, unit: Unit, marks: readonly Duty[], line: readonly Duty[]) {
  const recused = desk.recused.has(unit.code)
  return {
    name: unit.name,
    category: unit.category,
    href: `${scoringPath(desk)}/units/${encodeURIComponent(unit.code)}`,
    recused,
    marks: progressView(progressOf(desk, marks, [unit])),
    line: progressView(progressOf(desk, line, [unit])),
  }
}

/** The first unfinished piece of work, by the way the person goes about it. */
function nextLink(desk: Desk, own: readonly Duty[], way: Way) {
  if (way === 'indicator') {
    const duty = own.find((each) => isUnfinished(progressOf(desk, [each])))
    if (!duty) return null
    const { left } = progressView(progressOf(desk, [duty]))
    const href = `${scoringPath(desk)}/indicators/${encodeURIComponent(duty.indicator.code)}`
    return { href, label: `${duty.indicator.name}（剩 ${left} 个单位）` }
  }
  const unit = desk.units.find((each) => isUnfinished(progressOf(desk, own, [each])))
  if (!unit) return null
  const open = own.filter((duty) => stateOf(desk, duty, unit) === 'open')
  const { left } = progressView(progressOf(desk, open, [unit]))
  const href = `${scoringPath(desk)}/units/${encodeURIComponent(unit.code)}`
  return { href, label: `${unit.name}（剩 ${left} 项）` }
}
