/** Everything views/teams/work.hbs prints: a team's progress, its marks, and handing them in, for its lead. */

import { beijingTime } from '../../domain/beijing-time.ts'
import { closedWords } from '../../domain/stage.ts'
import { teamTotals } from '../../domain/team-progress.ts'
import type { AppError } from '../../errors.ts'
import { textField } from '../../form.ts'
import { heatMap, type Paces } from '../../heat-map.ts'
import { paginationView, pagingOf } from '../../paging.ts'
import { type GroupContext, groupView } from './check-view.ts'
import { isSought, type Sought, soughtFields, soughtQuery } from './sought.ts'
import { isWaiting, type TeamCell, type TeamWork } from './work.ts'

/** A cell has a line for each member. */
const CELLS_ON_PAGE = 30

/** What a form of the page brought that was not taken, as it was typed. */
export type WorkFault =
  | { form: 'return'; error: AppError; cell: string; remark: string }
  | { form: 'submission'; error: AppError }
  | { form: 'reopening'; error: AppError; reason: string }

export interface ShownWork {
  work: TeamWork
  paces: Paces
  sought: Sought
  /** the number of the page as typed into the address */
  page: string | undefined
  fault: WorkFault | undefined
}

export function workView({ work, paces, sought, page, fault }: ShownWork) {
  const { cycle, team, members, units, hidden, cells } = work
  const path = workPath(cycle)
  const query = soughtQuery(sought)
  const found = cells.filter((cell) => isSought(cell, sought))
  const groups = [...Map.groupBy(found, placeKey).values()]
  const paging = pagingOf(page, groups.length, CELLS_ON_PAGE)
  const { marks: total, left } = teamTotals(members)
  const lead = members.find(({ assessor }) => assessor.code === team.lead)
  const closed = closedWords('check', cycle.stage)
  const context: GroupContext = {
    path,
    query: `${query}${query && '&'}page=${paging.page}`,
    open: closed === null && work.submittedAt === null,
    fault: fault?.form === 'return' ? fault : undefined,
  }
  const shown = groups.slice(paging.offset, paging.offset + paging.size)
  return {
    title: team.name,
    breadcrumbs: [
      { href: '/cycles', label: '考核周期' },
      { href: `/cycles/${cycle.id}`, label: cycle.name },
    ],
    path,
    closed,
    facts: [
      { term: '组长', text: lead?.assessor.name ?? '—' },
      { term: '组员', text: `${members.length} 人` },
      { term: '单位', text: `${units.length} 家` },
    ],
    progress: {
      done: String(total - left),
      total: String(Math.max(1, total)),
      text: `${total - left} / ${total}`,
    },
    left: left === 0 ? '已打完' : `${left} 项`,
    finished: total > 0 && left === 0,
    hidden: hidden.map(({ name }) => name).join('、') || null,
    submission: submissionView(work, left, fault),
    heat: heatMap(members, paces),
    empty: cells.length === 0,
    fields: soughtFields(work, sought),
    narrowed: query !== '',
    groups: shown.map((each) => groupView(each, context)),
    pagination: paginationView(paging, (number) => `${path}?${query}${query && '&'}page=${number}`),
    errors: fault ? [{ href: hrefOf(fault), message: fault.error.message }] : [],
  }
}

export function workPath(cycle: { id: string }): string {
  return `/cycles/${cycle.id}/team`
}

function placeKey({ unit, indicator }: TeamCell): string {
  return JSON.stringify([unit.code, indicator.code])
}

function hrefOf(fault: WorkFault): string {
  if (fault.form === 'reopening') return '#reason'
  return fault.form === 'submission' ? '#submission' : `#${encodeURIComponent(fault.cell)}`
}

/** Where the team stands with handing in, and what it can do about that now. */
function submissionView(
  { cycle, cells, submittedAt }: TeamWork,
  left: number,
  fault: WorkFault | undefined,
) {
  const waiting = cells.filter(isWaiting).length
  const missing = [
    ...(left === 0 ? [] : [`还有 ${left} 项没有打分`]),
    ...(waiting === 0 ? [] : [`${waiting} 项退回没有答复`]),
  ]
  const open = closedWords('check', cycle.stage) === null
  const reopening = fault?.form === 'reopening' ? fault : undefined
  return {
    submitted: submittedAt === null ? null : beijingTime(submittedAt),
    missing: missing.join('，'),
    submits: open && submittedAt === null && missing.length === 0 && cells.length > 0,
    reopens:
      open && submittedAt !== null
        ? textField('reason', '撤回提交的理由', {
            value: reopening?.reason ?? '',
            required: true,
            hint: '撤回后组员又可以改动打分。记入审计。',
            error: reopening?.error.message ?? null,
          })
        : null,
  }
}
