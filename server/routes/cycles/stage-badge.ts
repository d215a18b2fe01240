import { STAGE_NAMES } from '../../domain/stage.ts'
import { type Cycle, isClosed } from '../../store/cycles.ts'

/** A cycle's stage in words, and how urgent it looks. */
export function stageBadge(cycle: Cycle): { text: string; tone: string } {
  const tone = isClosed(cycle) ? 'badge-good' : 'badge-warn'
  const text = STAGE_NAMES[cycle.stage]
  return { text: isClosed(cycle) ? text : `${text}中`, tone }
}
