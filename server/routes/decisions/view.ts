import { effectWords } from '../../../exports/decision-words.ts'
import { type Actor, hasRole } from '../../domain/actor.ts'
import { beijingTime } from '../../domain/beijing-time.ts'
import type { Adjustment, UnitVeto } from '../../domain/bundle.ts'
import { closedWords } from '../../domain/stage.ts'
import type { Decided } from '../../store/decisions.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import type { Effect } from './effect.ts'
import type { adjustmentForm, vetoForm } from './form.ts'
import { gradeWords, rankWords, totalWords } from './result-words.ts'

export interface Decisions {
  evaluated: EvaluatedCycle
  vetoes: readonly Decided<UnitVeto>[]
  adjustments: readonly Decided<Adjustment>[]
  actor: Actor
  /** the decision whose effect is asked for */
  effect: Effect | undefined
  forms: { veto: ReturnType<typeof vetoForm>; adjustment: ReturnType<typeof adjustmentForm> }
}

/** Everything views/decisions/list.hbs prints. */
export function decisionsView(decisions: Decisions) {
  const { evaluated, vetoes, adjustments, actor, forms, effect } = decisions
  const { cycle, bundle } = evaluated
  const path = `/cycles/${cycle.id}`
  const closed = closedWords('decide', cycle.stage)
  const mayDecide = hasRole(actor, 'organiser') && closed === null
  const row = rowOf(evaluated, mayDecide)
  const known = new Map((bundle.scheme.vetoes ?? []).map((veto) => [veto.code, veto]))
  return {
    title: '一票否决与调整',
    breadcrumbs: [
      { href: '/cycles', label: '考核周期' },
      { href: path, label: cycle.name },
    ],
    closed,
    effect: effect ? effectView(effect, evaluated) : null,
    vetoes: vetoes.map((each) => ({
      ...row(each, 'vetoes'),
      matter: known.get(each.decision.veto)?.name ?? each.decision.veto,
      exempt: each.decision.exempt ?? false,
      effects: (known.get(each.decision.veto)?.effects ?? []).map(effectWords).join('，'),
    })),
    adjustments: adjustments.map((each) => ({
      ...row(each, 'adjustments'),
      decided: each.decision.grade,
      exempt: false,
    })),
    forms: mayDecide
      ? { ...forms, vetoPath: `${path}/vetoes`, adjustmentPath: `${path}/adjustments` }
      : null,
    errors: [
      ...fault('#veto-unit', forms.veto.error),
      ...fault('#adjustment-unit', forms.adjustment.error),
    ],
  }
}

function fault(href: string, message: string | null) {
  return message === null ? [] : [{ href, message }]
}

/** What a row of both tables says. */
function rowOf({ cycle, bundle, evaluation }: EvaluatedCycle, mayDecide: boolean) {
  const names = new Map(bundle.units.map(({ code, name }) => [code, name]))
  const results = new Map(evaluation.result.units.map((result) => [result.unit, result]))
  return (each: Decided<UnitVeto | Adjustment>, kind: 'vetoes' | 'adjustments') => {
    const { unit, reason } = each.decision
    const result = results.get(unit)
    return {
      href: `/cycles/${cycle.id}/results/${encodeURIComponent(unit)}`,
      unit: names.get(unit) ?? unit,
      reason,
      recordedAt: beijingTime(each.recordedAt),
      lifted:
        each.liftedAt === null
          ? null
          : { at: beijingTime(each.liftedAt), reason: each.liftReason ?? '' },
      computed: result?.computedGrade ?? '无',
      grade: result ? gradeWords(result) : '—',
      rank: result ? rankWords(result) : '—',
      total: result ? totalWords(result) : '—',
      effectHref: `/cycles/${cycle.id}/decisions?effect=${each.id}`,
      lifting:
        mayDecide && each.liftedAt === null
          ? `/cycles/${cycle.id}/${kind}/${each.id}/lifting`
          : null,
    }
  }
}

/** Before and after, for views/partials/decision-effect.hbs. */
export function effectView({ title, lifted, changes }: Effect, { bundle }: EvaluatedCycle) {
  const names = new Map(bundle.units.map(({ code, name }) => [code, name]))
  return {
    title: lifted ? `解除${title}的影响` : `${title}的影响`,
    none: changes.length === 0,
    rows: changes.map(({ before, after }) => ({
      unit: names.get(after.unit) ?? after.unit,
      total: change(totalWords(before), totalWords(after)),
      rank: change(rankWords(before), rankWords(after)),
      grade: change(gradeWords(before), gradeWords(after)),
    })),
  }
}

function change(before: string, after: string): string {
  return before === after ? after : `${before} → ${after}`
}
