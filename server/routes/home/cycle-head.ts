import { STAGE_NAMES } from '../../domain/stage.ts'
import { type Cycle, isClosed } from '../../store/cycles.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'

/** A cycle's name, stage and until when, as every section heads it. */
export function cycleHead({ cycle, endsOn }: Pick<EvaluatedCycle, 'cycle' | 'endsOn'>) {
  const until = endsOn === null ? '' : `，截至 ${endsOn}`
  const closed = isClosed(cycle)
  return {
    path: `/cycles/${cycle.id}`,
    name: cycle.name,
    stage: closed ? STAGE_NAMES[cycle.stage] : `${STAGE_NAMES[cycle.stage]}中${until}`,
    tone: closed ? 'badge-good' : 'badge-warn',
    closed,
  }
}

export function resultHref(cycle: Cycle, unit: string): string {
  return `/cycles/${cycle.id}/results/${encodeURIComponent(unit)}`
}
