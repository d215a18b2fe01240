/** What views/scoring/sheet.hbs and views/scoring/sheet-preview.hbs print. */

import { scoreSheetFileName } from '../../../exports/file-name.ts'
import { beijingTime } from '../../domain/beijing-time.ts'
import { isBelowFull } from '../../domain/below-full.ts'
import type { SheetTexts } from '../../domain/score-sheet.ts'
import { errorSummary, textField } from '../../form.ts'
import type { StoredUpload } from '../../store/score-sheet-uploads.ts'
import type { Cell } from './cells.ts'
import { type Desk, lockedWords } from './desk.ts'
import { trail } from './overview-view.ts'
import type { ComparedCell } from './sheet-compare.ts'

export function sheetPath({ cycle }: Desk): string {
  return `/cycles/${cycle.id}/score-sheet`
}

/** @param last when the newest sheet was issued that was accepted; @param error why a file was refused */
export function sheetView(
  desk: Desk,
  cells: readonly Cell[],
  { last, error }: { last: string | undefined; error: string | null },
) {
  const path = sheetPath(desk)
  const done = cells.filter(({ stored }) => stored).length
  const file = textField('file', '填好的打分表（.xlsx，不超过 5 MB）', { type: 'file', error })
  return {
    title: '离线打分表',
    breadcrumbs: trail(desk, true),
    path,
    closed: desk.closed
      ? '结果已经公布，不能再写入打分。如确需改动，请考评办先撤回公布，再逐级退回。'
      : null,
    locked: lockedWords(desk),
    download: `${path}.xlsx`,
    fileName: scoreSheetFileName(desk.cycle.name, desk.assessor?.name ?? ''),
    holds: `${cells.length} 格，其中 ${done} 格已打分`,
    last:
      last === undefined ? null : `${beijingTime(last)}（北京时间）下发的一份；更早下发的不再接收`,
    file,
    errors: errorSummary([file]),
  }
}

/** What a person chose so far: by a row's place in the sheet, the value of its field. */
export type Chosen = ReadonlyMap<number, string>

/** @param chosen null: the preview as it is shown first */
export function previewView(
  desk: Desk,
  upload: StoredUpload,
  compared: readonly ComparedCell[],
  { chosen, fault }: { chosen: Chosen | null; fault: string | null },
) {
  const path = sheetPath(desk)
  const of = (...kinds: string[]) => compared.filter(({ verdict }) => kinds.includes(verdict.kind))
  const [fresh, changed, conflicts, refused] = [
    of('new'),
    of('changed'),
    of('conflict'),
    of('refused'),
  ]
  const unchanged = of('unchanged')
  const newer = unchanged.filter(
    ({ verdict }) => 'changedInSystem' in verdict && verdict.changedInSystem,
  )
  const takable = [...fresh, ...changed]
  return {
    title: '核对打分表',
    breadcrumbs: [...trail(desk, true), { href: path, label: '离线打分表' }],
    action: `${path}/${upload.id}/acceptance`,
    back: path,
    file: upload.fileName,
    issued: `${beijingTime(upload.sheet.at)}（北京时间）`,
    counts: [
      { label: '新填', count: fresh.length, tone: 'badge-good' },
      { label: '改动', count: changed.length, tone: 'badge-warn' },
      { label: '冲突', count: conflicts.length, tone: 'badge-bad' },
      { label: '不能写入', count: refused.length, tone: 'badge-bad' },
      { label: '没有变化', count: unchanged.length, tone: 'badge-quiet' },
    ].filter(({ count }) => count > 0),
    newer:
      newer.length === 0
        ? null
        : `另有 ${newer.length} 格您在表中没有动，而系统里在下发以后已改过，保留系统里的。`,
    errors: fault === null ? [] : [{ href: '#choices', message: fault }],
    anything: takable.length + conflicts.length > 0,
    conflicts: conflicts.map((cell) => conflictRow(cell, chosen)),
    takable: takable.map((cell) => ({ ...row(cell), ...take(cell, chosen) })),
    refused: refused.map((cell) => ({
      ...row(cell),
      why: cell.verdict.kind === 'refused' ? cell.verdict.why : '',
    })),
  }
}

function row(cell: ComparedCell) {
  const { index, unit, indicator, issued, now, typed } = cell
  return {
    ...{ index: String(index), line: String(cell.row), unit, indicator },
    ...{ issued: words(issued), now: words(now), typed: words(typed) },
    isNew: cell.verdict.kind === 'new',
    hint: isSilent(cell) ? '低于满分，没有写理由' : '',
  }
}

/** What a value of a field says: the version that was shown beside it. */
export function versionWord({ version }: ComparedCell): string {
  return version === null ? 'none' : String(version)
}

function take(cell: ComparedCell, chosen: Chosen | null) {
  const value = `take:${versionWord(cell)}`
  const name = `take/${cell.index}`
  const checked = chosen === null || chosen.get(cell.index) === value
  return { name, value, checked, label: `写入 ${cell.unit} ${cell.indicator}` }
}

function conflictRow(cell: ComparedCell, chosen: Chosen | null) {
  const mine = `take:${versionWord(cell)}`
  const answer = chosen?.get(cell.index)
  return {
    ...row(cell),
    name: `take/${cell.index}`,
    legend: `${cell.unit} ${cell.indicator} 以哪个为准`,
    mine: { value: mine, checked: answer === mine },
    theirs: { value: 'keep', checked: answer === 'keep' },
  }
}

/** A lost point needs a reason: the unit reads it. */
function isSilent({ verdict, duty }: ComparedCell): boolean {
  if (!('mark' in verdict) || verdict.reason !== '' || !duty) return false
  return isBelowFull(duty.indicator, verdict.mark)
}

function words({ mark, points, reason }: SheetTexts) {
  const said = [mark.trim(), points.trim()].filter((text) => text !== '').join(' ')
  return { mark: said === '' ? '空' : said, reason: reason.trim() }
}
