import type { Awards } from './award.ts'
import type { ScoredUnit } from './evaluate.ts'
import type { UnitExplanation } from './explanation.ts'
import type { PreparedBundle } from './prepare-bundle.ts'

/** A unit with all it is compared with. */
export interface ExplainedUnit {
  bundle: PreparedBundle
  awards: Awards
  all: readonly ScoredUnit[]
  unit: ScoredUnit
}
export function explainUnit(_input: ExplainedUnit): UnitExplanation {
  throw new Error('not yet')
}
