import type { Bundle } from './bundle.ts'
import type { Fault } from './fault.ts'
import { prepareBundle } from './prepare-bundle.ts'
import { readSchemeOnce } from './read-scheme.ts'

/** All faults of a bundle, told at once; an empty list if it can be scored. Documented in docs/faults.md. */
export function check(bundle: unknown): Fault[] {
  return prepareBundle(bundle).faults
}

/** The same for entries against a scheme that nobody changes: it is read with the first of them. */
export function checkEntries(bundle: Bundle): Fault[] {
  return prepareBundle(bundle, readSchemeOnce).faults
}
