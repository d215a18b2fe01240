import { type Actor, hasRole } from '../../domain/actor.ts'
import { beijingTime } from '../../domain/beijing-time.ts'
import type { Unit } from '../../domain/bundle.ts'
import type { Scheme } from '../../domain/scheme.ts'
import { missingMarks, readsAll, selfAssessed } from '../../domain/self-assessment.ts'
import { closedWords } from '../../domain/stage.ts'
import type { Cycle } from '../../store/cycles.ts'
import type { Evidence } from '../../store/evidence.ts'
import { isHandedOver, type SelfAssessment, type SelfMark } from '../../store/self-assessments.ts'
import { pieceView } from './answers.ts'
import { progressOf, STATE_BADGES, trail } from './view.ts'

export interface Overview {
  cycle: Cycle
  scheme: Scheme
  actor: Actor
  /** the units the person has nothing to do with (回避) */
  recused: ReadonlySet<string>
  units: readonly Unit[]
  assessments: ReadonlyMap<string, SelfAssessment>
  marks: readonly SelfMark[]
  evidence: readonly Evidence[]
  names: ReadonlyMap<string, string>
}

/** Everything views/self-assessment/overview.hbs prints: units × how far they are, and files that two handed in. */
export function overviewView(overview: Overview) {
  const { cycle, units, actor } = overview
  const marked = Map.groupBy(
    overview.marks.filter(({ mark }) => mark !== null),
    ({ unit }) => unit,
  )
  const evidence = Map.groupBy(overview.evidence, ({ unit }) => unit)
  const rows = units.map((unit) =>
    isHidden(overview, unit.code)
      ? recusedRow(unit)
      : unitRow(overview, unit, marked.get(unit.code) ?? [], evidence.get(unit.code) ?? []),
  )
  const counts = Map.groupBy(rows, ({ badge }) => badge.text)
  return {
    title: '单位自评',
    breadcrumbs: trail(cycle),
    stage: closedWords('self-assess', cycle.stage),
    counts: [...counts].map(([text, some]) => ({ term: text, text: `${some.length} 个单位` })),
    rows,
    twice: hasRole(actor, 'organiser', 'lead') ? handedInTwice(overview) : [],
  }
}

function unitRow(
  { cycle, scheme, assessments, names }: Overview,
  { code, name, category, ...unit }: Unit,
  marks: readonly SelfMark[],
  evidence: readonly Evidence[],
) {
  const assessment = assessments.get(code)
  const state = assessment?.state ?? 'none'
  const placed = selfAssessed(scheme, { code, name, category, ...unit })
  const missing = missingMarks(placed, new Set(marks.map(({ indicator }) => indicator)))
  const { submittedAt = null, returnedAt = null, remark } = assessment ?? {}
  return {
    ...{ name, category, badge: STATE_BADGES[state] },
    href: `/cycles/${cycle.id}/self-assessments/${encodeURIComponent(code)}`,
    progress: progressOf({ placed, missing }),
    missing: missing.length === 0 ? '—' : `${missing.length} 项`,
    files: String(evidence.length),
    submitted:
      submittedAt === null
        ? '—'
        : `${beijingTime(submittedAt)} ${names.get(assessment?.submittedBy ?? '') ?? ''}`,
    returned: returnedAt === null ? '—' : `${beijingTime(returnedAt)}：${remark ?? ''}`,
  }
}

function isHidden({ actor, recused }: Overview, unit: string): boolean {
  return recused.has(unit) && !readsAll(actor)
}

/** His own unit's state is not for him (回避). */
function recusedRow({ name, category }: Unit) {
  return {
    ...{ name, category, href: null, progress: null },
    ...{ missing: '—', files: '—', submitted: '—', returned: '—' },
    badge: { text: '回避', tone: 'badge-quiet' },
  }
}

/** Contents that more than one unit handed in, each with everybody's pieces. */
function handedInTwice(overview: Overview) {
  const { evidence, units, scheme, actor, cycle, assessments } = overview
  // A lead learns at once that two units handed in the same; he opens what has been submitted.
  const opens = (unit: string) => {
    const assessment = assessments.get(unit)
    return readsAll(actor) || (assessment !== undefined && isHandedOver(assessment, cycle.stage))
  }
  const unitNames = new Map(units.map(({ code, name }) => [code, name]))
  return [...Map.groupBy(evidence, ({ sha256 }) => sha256).values()]
    .filter((pieces) => new Set(pieces.map(({ unit }) => unit)).size > 1)
    .filter((pieces) => pieces.every(({ unit }) => !isHidden(overview, unit)))
    .map((pieces) => ({
      name: pieces[0]?.name ?? '',
      pieces: pieces.map((piece) => ({
        name: piece.name,
        href: opens(piece.unit) ? pieceView(piece).href : null,
        unit: unitNames.get(piece.unit) ?? piece.unit,
        indicator: indicatorName(scheme, piece, units),
        at: beijingTime(piece.handedInAt),
      })),
    }))
}

function indicatorName(scheme: Scheme, piece: Evidence, units: readonly Unit[]): string {
  const unit = units.find(({ code }) => code === piece.unit)
  const placed = unit ? selfAssessed(scheme, unit) : []
  const found = placed.find(({ indicator }) => indicator.code === piece.indicator)
  return found?.indicator.name ?? piece.indicator
}
