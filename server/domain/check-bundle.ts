import type { Fault } from './fault.ts'
import { prepareBundle } from './prepare-bundle.ts'

/** All faults of a bundle, told at once; an empty list if it can be scored. Documented in docs/faults.md. */
export function check(bundle: unknown): Fault[] {
  return prepareBundle(bundle).faults
}
