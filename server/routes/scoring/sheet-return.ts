/** Whether a file that came back is the sheet that this person was given, unchanged but for its inputs. */

import { beijingTime } from '../../domain/beijing-time.ts'
import { type ReturnedSheet, readSheetContent } from '../../domain/score-sheet.ts'
import { type AppError, scoreSheetOutdated, scoreSheetRefused } from '../../errors.ts'
import type { Database } from '../../store/database.ts'
import { lastAcceptedIssue } from '../../store/score-sheet-uploads.ts'
import { isSealed } from '../../store/sheet-seals.ts'
import type { SheetReading } from '../../workers/score-sheet-pool.ts'
import type { Desk } from './desk.ts'

/** @returns what came back in each row, or why the sheet is refused as a whole */
export async function returnedSheet(
  db: Database,
  desk: Desk,
  reading: SheetReading,
): Promise<ReturnedSheet | AppError> {
  const issued = readSheetContent(reading.content)
  if (!issued || !(await isSealed(db, reading.content, reading.seal))) {
    return scoreSheetRefused(
      '这份打分表的签名不对：它不是本系统下发的，或者隐藏的核对信息被改动过。请重新下载打分表填写。',
    )
  }
  if (issued.cycle !== desk.cycle.id) {
    return scoreSheetRefused(
      `这份打分表是另一个考核周期的，不是「${desk.cycle.name}」的。请到那个周期上传，或重新下载本周期的打分表。`,
    )
  }
  if (issued.assessor !== desk.assessor?.code) {
    return scoreSheetRefused(
      '这份打分表是下发给另一位考核员的，您不能代为上传。请由本人登录后上传，或下载您自己的打分表。',
    )
  }
  const last = await lastAcceptedIssue(db, issued.cycle, issued.assessor)
  if (last !== undefined && last > issued.at) return scoreSheetOutdated(issued.at, last)
  const rows = sortedBack(reading.rows)
  const moved = movedRow(desk, issued.cells, rows)
  if (moved !== undefined) {
    const when = beijingTime(issued.at)
    return scoreSheetRefused(
      `打分表的行与 ${when} 下发时不同（${moved}），可能增删、移动过，或者只排序了一部分列。整行排序没有关系；请按下发时的样子恢复，或重新下载。`,
    )
  }
  return {
    ...issued,
    cells: issued.cells.flatMap((cell, index) => {
      const row = rows[index]
      if (!row) return []
      const { mark, points, reason } = row
      const typed = { mark: mark.text, points: points.text, reason: reason.text }
      return [{ ...cell, row: row.row, typed, problem: problemOf(row) }]
    }),
  }
}

/** The rows in the order in which they were issued: each says its place where whole rows were sorted. */
function sortedBack(rows: SheetReading['rows']): SheetReading['rows'] {
  if (rows.some(({ key }) => key === null)) return rows
  return rows.toSorted((one, other) => (one.key ?? 0) - (other.key ?? 0))
}

/** The first row that is not what was issued, in words; undefined if all are, each once. */
function movedRow(
  desk: Desk,
  cells: readonly { unit: string; indicator: string }[],
  rows: SheetReading['rows'],
): string | undefined {
  for (const [index, { unit, indicator }] of cells.entries()) {
    const row = rows[index]
    const itself = row !== undefined && (row.key === null || row.key === index + 1)
    if (itself && row.unit === unit && row.indicator === indicator) continue
    const name = desk.units.find(({ code }) => code === unit)?.name ?? unit
    const duty = desk.duties.find((each) => each.indicator.code === indicator)
    const wanted = `「${name}」的「${duty?.indicator.name ?? indicator}」`
    return itself ? `第 ${row.row} 行应是${wanted}` : `少了${wanted}这一行，或它的核对编号被改动`
  }
  const more = rows[cells.length]
  return more ? `第 ${more.row} 行是多出来的` : undefined
}

function problemOf({ mark, points, reason }: SheetReading['rows'][number]): string | null {
  if (mark.problem !== null) return `得分/档次${mark.problem}`
  if (points.problem !== null) return `档内分数${points.problem}`
  return reason.problem === null ? null : `理由${reason.problem}`
}
