import { type Actor, hasRole } from '../../domain/actor.ts'
import { type MarksDue, marksDue } from '../../domain/marks-due.ts'
import { hasReached, isOpenFor, STAGE_NAMES } from '../../domain/stage.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import { cycleHead } from './cycle-head.ts'

/**
 * Everything views/partials/home-assessor.hbs prints: his own marks that are left, and nobody else's.
 *
 * @param returns how many marks given back wait for his answer, by cycle
 */
export function assessorSection(
  cycles: readonly EvaluatedCycle[],
  ownUnits: ReadonlyMap<string, readonly string[]>,
  returns: ReadonlyMap<string, number>,
  actor: Actor,
) {
  const mine = cycles.flatMap(({ cycle, endsOn, bundle, roster }) => {
    const assessor = bundle.assessors.find(({ code }) => code === actor.assessorCode)
    if (!assessor) return []
    const own = [
      ...(ownUnits.get(assessor.code) ?? []),
      ...roster.recusedUnits(assessor.code),
      actor.unitCode ?? '',
    ]
    const recused = bundle.units.filter(({ code }) => own.includes(code)).map(({ name }) => name)
    const duties = marksDue(bundle, assessor, own, roster)
    const total = duties.reduce((sum, { units }) => sum + units.length, 0)
    const left = duties.reduce((sum, duty) => sum + duty.left.length, 0)
    const head = cycleHead({ cycle, endsOn })
    return [
      {
        ...head,
        scoring: `${head.path}/scoring`,
        ledger: `${head.path}/ledger`,
        early: hasReached(cycle.stage, 'scoring')
          ? null
          : `打分还没有开始：考评办转入「${STAGE_NAMES.scoring}」阶段后，要您打分的 ${total} 项列在这里。`,
        selfAssessments:
          isOpenFor('self-assess', cycle.stage) && hasRole(actor, 'lead')
            ? `${head.path}/self-assessments`
            : null,
        records: isOpenFor('record', cycle.stage),
        answers: `${head.path}/returns`,
        returned: returns.get(cycle.id) ? String(returns.get(cycle.id)) : null,
        none: duties.length === 0,
        done: left === 0,
        left: String(left),
        progress: meter(total - left, total),
        recused: recused.join('、'),
        duties: duties.map((duty) => dutyView(duty, head.path)),
      },
    ]
  })
  return { cycles: mine, code: actor.assessorCode ?? '—' }
}

/** Names of units still to be marked that a row has room for. */
const MOST_NAMES = 6

function dutyView({ indicator, units, marked, left }: MarksDue, path: string) {
  const names = left.slice(0, MOST_NAMES).map(({ name }) => name)
  const more = left.length > MOST_NAMES ? ` 等 ${left.length} 家` : ''
  return {
    href: `${path}/scoring/indicators/${encodeURIComponent(indicator.code)}`,
    code: indicator.code,
    name: indicator.name,
    progress: meter(marked.length, units.length),
    left: left.length === 0 ? '完成' : `还剩 ${left.length}`,
    tone: left.length === 0 ? 'badge-good' : 'badge-warn',
    units: names.join('、') + more || '—',
  }
}

/** For views/partials/progress.hbs. */
function meter(done: number, total: number) {
  return { done: String(done), total: String(Math.max(1, total)), text: `${done} / ${total}` }
}
