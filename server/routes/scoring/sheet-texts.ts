/** Between the inputs of a form and the cells of a sheet: a sheet says 达标 where a form says yes. */

import type { Duty } from '../../domain/duty.ts'
import type { SheetTexts } from '../../domain/score-sheet.ts'
import { throughCell } from '../../domain/typed-row.ts'
import type { StoredEntry } from './desk.ts'
import { type Texts, textsOf } from './texts.ts'

const PASS_WORDS: Readonly<Record<string, string>> = { yes: '达标', no: '不达标' }

/** What the cells of a row show of what is there. */
export function sheetTextsOf(duty: Duty, stored: StoredEntry | undefined): SheetTexts {
  const { mark = '', points = '', reason = '' } = textsOf(duty, stored)
  const pass = duty.indicator.method.type === 'pass'
  return { mark: pass ? (PASS_WORDS[mark] ?? mark) : mark, points, reason }
}

/** The same as a form would bring it. */
export function formTexts(duty: Duty, { mark, points, reason }: SheetTexts): Texts {
  const typed = mark.trim()
  if (duty.indicator.method.type !== 'pass') return { mark: typed, points, reason }
  const known = Object.entries(PASS_WORDS).find(([, word]) => word === typed)
  return { mark: known?.[0] ?? typed, points, reason }
}

/** What came back, with an issued text again as it was where a cell merely could not hold it exactly. */
export function asIssued(typed: SheetTexts, issued: SheetTexts): SheetTexts {
  const kept = (now: string, before: string) =>
    throughCell(now) === throughCell(before) ? before : now
  return {
    mark: kept(typed.mark, issued.mark),
    points: kept(typed.points, issued.points),
    reason: kept(typed.reason, issued.reason),
  }
}

/** An empty cell never erases: where nothing stands, what was there before stays. */
export function filledFrom(typed: SheetTexts, before: SheetTexts): SheetTexts {
  const marked = typed.mark.trim() !== ''
  return {
    mark: marked ? typed.mark : before.mark,
    // Points belong to their level.
    points: typed.points.trim() !== '' || marked ? typed.points : before.points,
    reason: typed.reason.trim() !== '' ? typed.reason : before.reason,
  }
}
