/** Runs in a thread of its own; see roster-pool.ts. */

import { readRoster, type TypedRow } from '../../exports/read-roster.ts'
import { uploadProblem } from './upload-problem.ts'

export default async function readTypedRoster(
  bytes: Uint8Array,
): Promise<{ rows: readonly TypedRow[] } | { problem: string }> {
  const problem = uploadProblem(bytes)
  return problem === undefined ? readRoster(bytes) : { problem }
}
