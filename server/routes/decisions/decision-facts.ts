import type { Adjustment, UnitVeto } from '../../domain/bundle.ts'
import type { Decided, DecisionKind } from '../../store/decisions.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'

/** As the addresses of pages name the two kinds. */
export type Kind = 'vetoes' | 'adjustments'

export const KINDS: Readonly<Record<Kind, DecisionKind>> = {
  vetoes: 'veto',
  adjustments: 'adjustment',
}

/** What a page about one decision says of it. */
export function decisionFacts(
  { cycle, bundle }: EvaluatedCycle,
  { decision }: Decided<UnitVeto | Adjustment>,
) {
  const path = `/cycles/${cycle.id}`
  return {
    unit: bundle.units.find(({ code }) => code === decision.unit)?.name ?? decision.unit,
    what: 'veto' in decision ? vetoWords(bundle, decision) : `等次定为「${decision.grade}」`,
    reason: decision.reason,
    document: decision.document ?? null,
    breadcrumbs: [
      { href: '/cycles', label: '考核周期' },
      { href: path, label: cycle.name },
      { href: `${path}/decisions`, label: '一票否决与调整' },
    ],
    back: `${path}/decisions`,
  }
}

function vetoWords({ scheme }: EvaluatedCycle['bundle'], { veto, exempt }: UnitVeto): string {
  const name = scheme.vetoes?.find(({ code }) => code === veto)?.name ?? veto
  return exempt ? `${name}（经认定不适用）` : name
}
