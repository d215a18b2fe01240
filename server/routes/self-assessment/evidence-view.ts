import { ACCEPTED } from '../../domain/evidence-type.ts'
import { indicatorSentence } from '../../domain/indicator-sentence.ts'
import { shown } from '../../domain/methods/amounts.ts'
import type { PlacedIndicator } from '../../domain/placed-indicators.ts'
import { evidenceBytes, mostEvidence } from '../../domain/self-assessment.ts'
import type { AppError } from '../../errors.ts'
import type { Evidence } from '../../store/evidence.ts'
import { pieceView } from './answers.ts'
import { ownPath, type Subject } from './subject.ts'
import { stateView, trail } from './view.ts'

export interface EvidencePage {
  subject: Subject
  placed: PlacedIndicator
  /** everything the unit handed in, this year and before */
  known: readonly Evidence[]
  /** cycles by id */
  cycles: ReadonlyMap<string, string>
  /** the most bytes that a unit hands in for one cycle */
  quota: number
  fault?: AppError
}

/** Everything views/self-assessment/evidence.hbs prints: one indicator's evidence, and more of it. */
export function evidenceView({ subject, placed, known, cycles, quota, fault }: EvidencePage) {
  const { cycle, editable } = subject
  const { indicator, section } = placed
  const pieces = subject.evidence.get(indicator.code) ?? []
  const path = `${ownPath(cycle)}/indicators/${encodeURIComponent(indicator.code)}`
  const back = `${ownPath(cycle)}#i${subject.placed.indexOf(placed)}`
  const most = mostEvidence(indicator)
  return {
    title: `${indicator.name}：佐证材料`,
    breadcrumbs: trail(cycle, { href: ownPath(cycle), label: '自评' }),
    points: indicator.points === undefined ? null : `${shown(indicator.points)} 分`,
    rule: indicatorSentence(indicator, section),
    note: indicator.note ?? null,
    ...{ back, editable, state: stateView(subject) },
    full: pieces.length >= most ? fullWords(most) : null,
    count: most === 0 && pieces.length === 0 ? null : `${pieces.length} 份，最多 ${most} 份`,
    pieces: pieces.map((piece) => ({
      ...pieceView(piece),
      withdrawal: `/cycles/${cycle.id}/evidence/${piece.id}/withdrawal`,
    })),
    upload: {
      path: `${path}/evidence`,
      accepted: ACCEPTED,
      hint: 'PDF、PNG 或 JPEG 图片，Word、Excel、PowerPoint 文件（不含宏），每份不超过 20 MB。按内容认定类型，改后缀名没有用。',
      used: usedWords(subject, quota),
      error: fault?.message ?? null,
    },
    reuse: {
      path: `${path}/reuses`,
      options: reusable(subject, known, pieces, cycles),
    },
    errors: fault
      ? [{ href: pieces.length >= most ? '#pieces' : '#file', message: fault.message }]
      : [],
  }
}

/** 「本单位在本周期已交 12.3 MB，最多 1000 MB。」 */
function usedWords({ evidence }: Subject, quota: number): string {
  const bytes = evidenceBytes([...evidence.values()].flat())
  const megabyte = 1024 * 1024
  const used = Math.ceil((bytes / megabyte) * 10) / 10
  return `本单位在本周期已交 ${used} MB，最多 ${Math.floor(quota / megabyte)} MB。`
}

/** Why nothing more can be handed in. */
function fullWords(most: number): string {
  if (most === 0) return '按评价体系，这项指标不收佐证材料。要说明的情况请写在该项的自评说明里。'
  return `已交满 ${most} 份。要换一份，请先撤回其中一份。`
}

/** The unit's files that this indicator does not have yet, the latest first, each content once. */
function reusable(
  { placed, cycle }: Subject,
  known: readonly Evidence[],
  pieces: readonly Evidence[],
  cycles: ReadonlyMap<string, string>,
) {
  const there = new Set(pieces.map(({ sha256 }) => sha256))
  const latest = [...known].reverse().filter(({ sha256 }) => !there.has(sha256))
  const files = [...Map.groupBy(latest, ({ sha256 }) => sha256).values()]
  return files.flatMap(([piece]) => {
    if (!piece) return []
    const { words, href } = pieceView(piece)
    const here = placed.find(({ indicator }) => indicator.code === piece.indicator)
    const where =
      piece.cycleId === cycle.id
        ? `已用于「${here?.indicator.name ?? piece.indicator}」`
        : (cycles.get(piece.cycleId) ?? '往年')
    return [{ value: piece.sha256, name: piece.name, href, words: `${words}；${where}` }]
  })
}
