import type { WaitingDecision } from '../../store/decisions.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'

/** A decision that waits for a second person. */
export interface WaitingLine {
  href: string
  label: string
  /** whether this person entered it: then it waits for somebody else */
  own: boolean
}

const WORDS = {
  veto: { record: '一票否决', lift: '解除一票否决' },
  adjustment: { record: '等次调整', lift: '取消等次调整' },
} as const

/** What waits for this person first, then what he waits for himself. */
export function waitingLines(
  { cycle, bundle }: EvaluatedCycle,
  waiting: readonly WaitingDecision[],
  accountId: string,
): WaitingLine[] {
  const names = new Map(bundle.units.map(({ code, name }) => [code, name]))
  const lines = waiting.map(({ id, kind, waits, decision, recordedBy, liftAskedBy }) => {
    const path = kind === 'veto' ? 'vetoes' : 'adjustments'
    return {
      href: `/cycles/${cycle.id}/${path}/${id}/confirmation`,
      label: `「${names.get(decision.unit) ?? decision.unit}」的${WORDS[kind][waits ?? 'record']}`,
      own: (waits === 'lift' ? liftAskedBy : recordedBy) === accountId,
    }
  })
  return lines.toSorted((a, b) => Number(a.own) - Number(b.own))
}
