/** One cell of a team with its members' marks, as views/teams/work.hbs prints it, and giving one back. */

import { beijingTime } from '../../domain/beijing-time.ts'
import { STANDING_NAMES, type Standing } from '../../domain/mark-standing.ts'
import { markWords } from '../../domain/mark-words.ts'
import { shown } from '../../domain/methods/amounts.ts'
import type { AppError } from '../../errors.ts'
import type { MarkReturn } from '../../store/mark-returns.ts'
import { isWaiting, type TeamCell } from './work.ts'

export interface GroupContext {
  path: string
  /** what is looked for, and the page, to come back to */
  query: string
  /** whether marks can be given back now */
  open: boolean
  /** what was typed into one of the forms and not taken */
  fault: { cell: string; remark: string; error: AppError } | undefined
}

/** Where a member's mark stands on the page. */
export function cellId(cell: { unit: string; indicator: string; assessor: string }): string {
  return `mark-${cell.unit}-${cell.indicator}-${cell.assessor}`
}

export function groupView(cells: readonly TeamCell[], context: GroupContext) {
  const [first] = cells
  const { code = '', name = '', points } = first?.indicator ?? {}
  return {
    unit: first?.unit.name ?? '',
    indicator: `${code} ${name}`,
    points: points === undefined ? '' : `${shown(points)} 分`,
    marks: cells.map((cell) => markView(cell, context)),
  }
}

function markView(cell: TeamCell, { path, query, open, fault }: GroupContext) {
  const { unit, indicator, assessor, mark, standing, returns } = cell
  const codes = { unit: unit.code, indicator: indicator.code, assessor: assessor.code }
  const id = cellId(codes)
  const typed = fault?.cell === id ? fault : undefined
  return {
    id,
    who: assessor.name,
    mark: markWords(mark?.mark ?? null),
    reason: mark?.reason ?? null,
    standing: STANDING_NAMES[standing],
    tone: TONES[standing],
    returns: returns.map((each) => returnView(each, open, `${path}/returns`, query)),
    giving:
      open && !isWaiting(cell)
        ? {
            action: `${path}/returns?${query}`,
            codes: Object.entries(codes).map(([name, value]) => ({ name, value })),
            label: `退回${assessor.name}对${unit.name}「${indicator.name}」的打分的理由`,
            remark: typed?.remark ?? '',
            error: typed?.error.message ?? null,
          }
        : null,
  }
}

function returnView(
  { id, remark, returnedAt, answer }: MarkReturn,
  open: boolean,
  path: string,
  query: string,
) {
  return {
    remark,
    at: beijingTime(returnedAt),
    answer: answer && {
      words: answer.words,
      how: answer.changed ? '已改动' : '维持原分',
      at: beijingTime(answer.at),
    },
    withdrawal: open && answer === null ? `${path}/${id}/withdrawal?${query}` : null,
  }
}

const TONES: Readonly<Record<Standing, string>> = {
  left: 'badge-bad',
  unreasoned: 'badge-bad',
  below: 'badge-warn',
  full: 'badge-quiet',
  explained: 'badge-good',
}
