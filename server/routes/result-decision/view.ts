import { type Actor, hasRole } from '../../domain/actor.ts'
import { beijingTime } from '../../domain/beijing-time.ts'
import { resultChanges, type Standing } from '../../domain/result-changes.ts'
import { hasReached, STAGE_NAMES } from '../../domain/stage.ts'
import type { AppError } from '../../errors.ts'
import { errorSummary, textField } from '../../form.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import { isSealOf, type Seal, type SealedResult } from '../../store/sealed-results.ts'

export const FIELD_LABELS = { reason: '更正的原因', told: '已通知的单位' } as const

/** A form that was refused, as typed. */
export interface Typed {
  reason: string
  told: string
  fault: AppError
}

interface ResultDecision {
  evaluated: EvaluatedCycle
  /** the newest first */
  seals: readonly Seal[]
  /** the newest, whole */
  sealed: SealedResult | undefined
  /** how many decisions wait for a second person */
  unconfirmed: number
  /** by account */
  names: ReadonlyMap<string, string>
  actor: Actor
  typed?: Typed | undefined
}

/** Everything views/result-decision/show.hbs prints: what is decided now, and what was. */
export function resultDecisionView(given: ResultDecision) {
  const { evaluated, seals, sealed, unconfirmed, names, actor, typed } = given
  const { cycle, bundle, evaluation } = evaluated
  const path = `/cycles/${cycle.id}`
  const fits = sealed !== undefined && isSealOf(sealed, bundle, evaluation.result)
  const form = decisionForm(evaluated, sealed, typed)
  return {
    title: '审定',
    breadcrumbs: [
      { href: '/cycles', label: '考核周期' },
      { href: path, label: cycle.name },
    ],
    path: `${path}/decision`,
    ranking: `${path}/ranking`,
    decisions: `${path}/decisions`,
    stage: `${path}/stage`,
    standing: standingWords(evaluated, sealed, fits),
    drifted: evaluated.seal?.fits === false,
    fault: typed?.fault.message ?? null,
    unconfirmed: unconfirmed === 0 ? null : String(unconfirmed),
    form:
      hasRole(actor, 'organiser') && cycle.stage === 'decided' && !fits && unconfirmed === 0
        ? form
        : null,
    next: fits && unconfirmed === 0 && cycle.stage === 'decided',
    seals: seals.map((seal) => ({
      version: String(seal.version),
      at: beijingTime(seal.sealedAt),
      by: names.get(seal.sealedBy) ?? '—',
      scheme: `${seal.schemeCode} 第 ${seal.schemeVersion} 版`,
      engine: seal.engine,
      fingerprint: seal.sha256,
      reason: seal.reason,
      told: seal.told,
      changed: seal.erratum.length === 0 ? null : String(seal.erratum.length),
      erratum: seal.erratum.map(({ name, before, after }) => changeRow(name, before, after)),
    })),
    errors: form.errors,
  }
}

function standingWords(
  { cycle, bundle, evaluation }: EvaluatedCycle,
  sealed: SealedResult | undefined,
  fits: boolean,
): string {
  if (sealed && fits) return `现在的结果与封存的第 ${sealed.version} 版相同。`
  if (sealed) return `封存第 ${sealed.version} 版之后，又有改动。`
  if (hasReached(cycle.stage, 'notice')) return '这个周期的结果没有经过审定封存。'
  const { units } = evaluation.result
  const complete = units.filter((unit) => unit.complete).length
  const when = cycle.stage === 'decided' ? '' : `现在是「${STAGE_NAMES[cycle.stage]}」阶段，`
  return `${when}结果还没有审定。参评单位 ${bundle.units.length} 家，评完 ${complete} 家。`
}

/** What the decision asks for: a correction is explained, a first decision is not. */
function decisionForm(
  { cycle, bundle, evaluation }: EvaluatedCycle,
  sealed: SealedResult | undefined,
  typed: Typed | undefined,
) {
  const changes = sealed ? resultChanges(sealed.result, evaluation.result) : []
  const names = new Map(bundle.units.map(({ code, name }) => [code, name]))
  const unexplained = typed?.fault.code === 'ERRATUM_UNEXPLAINED'
  const field = (name: 'reason' | 'told', hint: string) =>
    textField(name, FIELD_LABELS[name], {
      value: typed?.[name] ?? '',
      required: true,
      hint,
      error: unexplained && typed[name].trim() === '' ? typed.fault.message : null,
    })
  const reason = field('reason', '写明依据、经办和文号，列入更正说明。')
  const told = field('told', '写明通知了谁、什么时候；还没有公示过的，写“未公示”。')
  return {
    revision: String(cycle.revision),
    action: sealed ? '再次审定，封存新的一版' : '审定并封存',
    corrects: changes.length === 0 ? null : { reason, told, count: String(changes.length) },
    changes: changes.map(({ unit, before, after }) =>
      changeRow(names.get(unit) ?? unit, before, after),
    ),
    errors: changes.length === 0 ? [] : errorSummary([reason, told]),
  }
}

function changeRow(name: string, before: Standing, after: Standing) {
  const pair = (words: (standing: Standing) => string) => {
    const [was, is] = [words(before), words(after)]
    return { was, is, differs: was !== is }
  }
  return {
    name,
    total: pair(({ complete, total }) => (complete ? total : `${total}（未评完）`)),
    rank: pair(({ rank }) => (rank === null ? '—' : String(rank))),
    grade: pair(({ grade }) => grade ?? '无'),
  }
}
