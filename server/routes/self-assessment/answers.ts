/** A self-assessment's indicators as views/partials/self-answers.hbs prints them. */

import { fileWords } from '../../domain/evidence-type.ts'
import { indicatorSentence } from '../../domain/indicator-sentence.ts'
import { shown } from '../../domain/methods/amounts.ts'
import type { PlacedIndicator } from '../../domain/placed-indicators.ts'
import { isAsked, mostEvidence } from '../../domain/self-assessment.ts'
import type { Evidence } from '../../store/evidence.ts'
import { type Seen, seenOf, type Typed } from './form.ts'
import type { Subject } from './subject.ts'

/** What was typed and could not be saved. */
export interface Unsaved {
  typed: Typed
  message: string
  /** a colleague changed it: what is there now counts as seen */
  conflict: boolean
}

const SECTION_WORDS = { base: '自评得分', bonus: '自评加分', penalty: '自评扣分' } as const
const SECTION_TITLES = { base: '基础分', bonus: '加分项', penalty: '扣分项' } as const

/** The indicators by dimension, with inputs where the unit can still change them. */
export function answersView(
  subject: Subject,
  { editable, unsaved = new Map() }: { editable: boolean; unsaved?: ReadonlyMap<string, Unsaved> },
) {
  const rows = subject.placed.map((placed, index) => ({
    dimension: placed.groups[0]?.name ?? SECTION_TITLES[placed.section],
    row: answerView(subject, placed, { index, editable }, unsaved.get(placed.indicator.code)),
  }))
  return [...Map.groupBy(rows, ({ dimension }) => dimension)].map(([title, some], index) => ({
    title,
    id: `part${index}`,
    rows: some.map(({ row }) => row),
  }))
}

function answerView(
  subject: Subject,
  placed: PlacedIndicator,
  { index, editable }: { index: number; editable: boolean },
  unsaved: Unsaved | undefined,
) {
  const { indicator, section } = placed
  const { code, name, points } = indicator
  const stored = subject.marks.get(code)
  const evidence = subject.evidence.get(code) ?? []
  const fresh = seenOf(name, stored)
  const seen: Seen = unsaved && !unsaved.conflict ? unsaved.typed.seen : fresh
  const label = SECTION_WORDS[section]
  const mark = stored?.mark ?? null
  return {
    id: `i${index}`,
    name,
    points: points === undefined ? null : `${shown(points)} 分`,
    rule: indicatorSentence(indicator, section),
    note: indicator.note ?? null,
    optional: isAsked(placed) ? null : optionalWords(placed),
    missing: isAsked(placed) && mark === null,
    error: unsaved ? { id: `i${index}-error`, message: unsaved.message } : null,
    label,
    inputs: editable
      ? {
          mark: {
            id: `i${index}-mark`,
            name: `mark/${code}`,
            value: unsaved?.typed.mark ?? fresh.mark,
            hint: points === undefined ? '不小于 0' : `0–${shown(points)}`,
          },
          remark: {
            id: `i${index}-remark`,
            name: `remark/${code}`,
            value: unsaved?.typed.remark ?? fresh.remark,
          },
          seen: { name: `seen/${code}`, value: JSON.stringify(seen) },
          onward: onwardOf(code, evidence.length, mostEvidence(indicator)),
        }
      : null,
    mark: mark ?? (isAsked(placed) ? '未填' : '—'),
    remark: stored?.remark ?? '—',
    evidence: evidence.map(pieceView),
    bare: mostEvidence(indicator) === 0 ? '不收佐证材料' : editable ? null : '没有佐证材料',
  }
}

/** The way to an indicator's evidence; none where none is taken and none is there. */
function onwardOf(code: string, there: number, most: number) {
  if (most === 0 && there === 0) return null
  const text = there === 0 ? `交佐证材料（最多 ${most} 份）` : `增减材料（${there}/${most}）`
  return { code, text }
}

/** One piece of evidence with the way to its content. */
export function pieceView(piece: Evidence) {
  return {
    id: piece.id,
    href: `/cycles/${piece.cycleId}/evidence/${piece.id}/file`,
    name: piece.name,
    words: fileWords(piece.type, piece.size),
  }
}

function optionalWords({ indicator, section }: PlacedIndicator): string {
  if (section === 'base') return `${indicator.method.type === 'survey' ? '由测评产生，' : ''}可不填`
  return section === 'bonus' ? '有加分情形才填' : '有扣分情形才填'
}
