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
  /** by account */
  names: ReadonlyMap<string, string>
  /** how many accounts there are that can enter or confirm */
  organisers: number
  /** the decision whose effect is asked for */
  effect: Effect | undefined
  forms: { veto: ReturnType<typeof vetoForm>; adjustment: ReturnType<typeof adjustmentForm> }
}

/** Everything views/decisions/list.hbs prints. */
export function decisionsView(decisions: Decisions) {
  const { evaluated, vetoes, adjustments, actor, organisers, forms, effect } = decisions
  const { cycle, bundle } = evaluated
  const path = `/cycles/${cycle.id}`
  const closed = closedWords('decide', cycle.stage)
  const mayDecide = hasRole(actor, 'organiser') && closed === null
  const row = rowOf(decisions, mayDecide)
  const known = new Map((bundle.scheme.vetoes ?? []).map((veto) => [veto.code, veto]))
  return {
    title: '一票否决与调整',
    breadcrumbs: [
      { href: '/cycles', label: '考核周期' },
      { href: path, label: cycle.name },
    ],
    closed,
    alone: mayDecide && organisers < 2,
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
      ...fault('#veto-document', forms.veto.document.error),
      ...fault('#adjustment-unit', forms.adjustment.error),
      ...fault('#adjustment-document', forms.adjustment.document.error),
    ],
  }
}

function fault(href: string, message: string | null) {
  return message === null ? [] : [{ href, message }]
}

/** What a row of both tables says. */
function rowOf({ evaluated, names: people, actor }: Decisions, mayDecide: boolean) {
  const { cycle, bundle, evaluation } = evaluated
  const who = (account: string | null) => people.get(account ?? '') ?? '—'
  const names = new Map(bundle.units.map(({ code, name }) => [code, name]))
  const results = new Map(evaluation.result.units.map((result) => [result.unit, result]))
  return (each: Decided<UnitVeto | Adjustment>, kind: 'vetoes' | 'adjustments') => {
    const { unit, reason } = each.decision
    const result = results.get(unit)
    return {
      href: `/cycles/${cycle.id}/results/${encodeURIComponent(unit)}`,
      unit: names.get(unit) ?? unit,
      reason,
      document: each.decision.document ?? '—',
      recorded: `${beijingTime(each.recordedAt)} ${who(each.recordedBy)}`,
      confirmed: each.confirmedBy === null ? null : who(each.confirmedBy),
      over: each.liftedAt === null ? null : overWords(each, who(each.liftedBy)),
      waits: waitWords(each),
      computed: result?.computedGrade ?? '无',
      grade: result ? gradeWords(result) : '—',
      rank: result ? rankWords(result) : '—',
      total: result ? totalWords(result) : '—',
      effectHref: `/cycles/${cycle.id}/decisions?effect=${each.id}`,
      confirmation:
        mayDecide && each.liftedAt === null && each.waits !== null
          ? {
              href: `/cycles/${cycle.id}/${kind}/${each.id}/confirmation`,
              label: enteredBy(each) === actor.accountId ? '撤回' : '核对并确认',
            }
          : null,
      lifting:
        mayDecide && each.liftedAt === null && each.waits === null
          ? `/cycles/${cycle.id}/${kind}/${each.id}/lifting`
          : null,
    }
  }
}

type AnyDecided = Decided<UnitVeto | Adjustment>

/** Whose word the second person is to confirm. */
function enteredBy({ waits, recordedBy, liftAskedBy }: AnyDecided): string | null {
  return waits === 'lift' ? liftAskedBy : recordedBy
}

function waitWords({ waits, liftReason }: AnyDecided) {
  if (waits === null) return null
  if (waits === 'record') return { label: '待另一人确认', note: '确认以前不起作用' }
  return { label: '解除待另一人确认', note: `确认以前照旧起作用；理由：${liftReason ?? ''}` }
}

/** How it ended, when, by whom and why. */
function overWords({ dropped, liftedAt, liftedBy, liftReason }: AnyDecided, who: string) {
  const label = { withdrawn: '已撤回', refused: '不予确认' }
  return {
    label: dropped === null ? '已解除' : label[dropped],
    at: liftedBy === null ? beijingTime(liftedAt ?? '') : `${beijingTime(liftedAt ?? '')} ${who}`,
    reason: liftReason,
  }
}

/** Before and after, for views/partials/decision-effect.hbs. */
export function effectView({ title, changes }: Effect, { bundle }: EvaluatedCycle) {
  const names = new Map(bundle.units.map(({ code, name }) => [code, name]))
  return {
    title,
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
