import { type Cycle, isClosed, STAGE_NAMES } from '../../store/cycles.ts'

/** A cycle's name and stage, as every section heads it. */
export function cycleHead(cycle: Cycle) {
  const closed = isClosed(cycle)
  return {
    path: `/cycles/${cycle.id}`,
    name: cycle.name,
    stage: closed ? STAGE_NAMES[cycle.stage] : `${STAGE_NAMES[cycle.stage]}中`,
    tone: closed ? 'badge-good' : 'badge-warn',
    closed,
  }
}

export function resultHref(cycle: Cycle, unit: string): string {
  return `/cycles/${cycle.id}/results/${encodeURIComponent(unit)}`
}
