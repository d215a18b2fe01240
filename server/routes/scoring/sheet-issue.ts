/** What goes into an assessor's score sheet: his marks that are open, indicator by indicator. */

import type { ScoreSheetInput } from '../../../exports/score-sheet-workbook.ts'
import type { MarkingEntry, MarkingRow } from '../../../exports/sheets/marking-sheet.ts'
import type { Assessor } from '../../domain/bundle.ts'
import type { Duty } from '../../domain/duty.ts'
import { indicatorSentence } from '../../domain/indicator-sentence.ts'
import { shown } from '../../domain/methods/amounts.ts'
import type { Level } from '../../domain/scheme.ts'
import type { IssuedSheet } from '../../domain/score-sheet.ts'
import { type Cell, cellsOf } from './cells.ts'
import type { Desk } from './desk.ts'
import { sheetTextsOf } from './sheet-texts.ts'
import { hasRanges } from './texts.ts'

/** The marks an assessor can make, in the order of the sheet's rows. */
export function sheetCells(desk: Desk): Cell[] {
  const duties = desk.duties.filter(({ entry }) => entry === 'mark')
  const places = duties.flatMap((duty) => desk.units.map((unit) => ({ unit, duty })))
  return cellsOf(desk, places, ({ unit }) => unit.code).filter(
    ({ state, locked }) => state === 'open' && !locked,
  )
}

/** What is signed of a sheet that is issued now. */
export function issuedSheet(
  desk: Desk,
  cells: readonly Cell[],
  { assessor, at }: { assessor: Assessor; at: string },
): IssuedSheet {
  return {
    ...{ cycle: desk.cycle.id, assessor: assessor.code, at },
    cells: cells.map((cell) => ({
      unit: cell.unit.code,
      indicator: cell.duty.indicator.code,
      version: cell.stored?.version ?? null,
      texts: sheetTextsOf(cell.duty, cell.stored),
    })),
  }
}

/** Everything the workbook prints. */
export function sheetInput(
  desk: Desk,
  cells: readonly Cell[],
  sealed: Pick<ScoreSheetInput, 'assessor' | 'scheme' | 'at' | 'content' | 'seal'>,
): ScoreSheetInput {
  const duties = [...new Set(cells.map(({ duty }) => duty))]
  return {
    ...sealed,
    cycle: desk.cycle.name,
    rows: cells.map(markingRow),
    rules: duties.map(({ indicator, section, optional }) => ({
      code: indicator.code,
      name: indicator.name,
      rule: indicatorSentence(indicator, section),
      hint: optional ? '不一定由您打分：分给您的才填。' : '',
    })),
  }
}

function markingRow({ duty, unit, stored }: Cell, index: number): MarkingRow {
  const { indicator } = duty
  return {
    ...{ indicatorCode: indicator.code, indicator: indicator.name },
    ...{ unitCode: unit.code, unit: unit.name, category: unit.category },
    full: topOf(duty),
    entry: entryOf(duty),
    allowed: allowedWords(duty),
    texts: sheetTextsOf(duty, stored),
    key: index + 1,
  }
}

/** The most that can be typed as a number, or earned by a choice. */
function topOf({ indicator: { method, points } }: Duty): string {
  const top = method.type === 'direct' ? (method.scale ?? points) : points
  return top === undefined ? '' : shown(top)
}

function entryOf(duty: Duty): MarkingEntry {
  const { method } = duty.indicator
  if (method.type === 'pass') return { kind: 'choice', options: ['达标', '不达标'], ranged: null }
  if (method.type !== 'levels') return { kind: 'number', top: Number(topOf(duty)) }
  const options = method.levels.map(({ name }) => name)
  if (!hasRanges(method)) return { kind: 'choice', options, ranged: null }
  const ends = method.levels.flatMap(({ min, max }) =>
    min === undefined ? [] : [Number(min), Number(max ?? min)],
  )
  return {
    ...{ kind: 'choice', options },
    ranged: { low: Math.min(...ends), high: Math.max(...ends) },
  }
}

function allowedWords(duty: Duty): string {
  const { method } = duty.indicator
  if (method.type === 'pass') return '达标或不达标'
  if (method.type === 'levels') return method.levels.map(levelWords).join('、')
  const step = method.type === 'direct' ? method.step : undefined
  return `0 到 ${topOf(duty)}${step === undefined ? '' : `，${shown(step)} 的倍数`}`
}

function levelWords({ name, min, max }: Level): string {
  return min === undefined ? name : `${name}（${shown(min)}–${shown(max ?? min)} 分）`
}
