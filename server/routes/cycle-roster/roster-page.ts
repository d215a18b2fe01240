/** What the pages of a cycle's roster (参评名单) have in common: the cycle, the way here, what is closed. */

import { type Actor, hasRole } from '../../domain/actor.ts'
import { closedWords, type Work } from '../../domain/stage.ts'
import { AppError, cycleNotFound } from '../../errors.ts'
import { type Cycle, findCycle } from '../../store/cycles.ts'
import type { Database } from '../../store/database.ts'
import { type EvaluatedCycle, evaluatedCycle } from '../../store/evaluation.ts'

export interface RosterPage extends EvaluatedCycle {
  /** why nothing can be changed now, in words; null: it can */
  closed: string | null
  /** whether this person may change it, and now is the time */
  editable: boolean
}

/** @throws {AppError} if there is no such cycle */
export async function rosterPage(
  db: Database,
  { id, actor, work }: { id: string; actor: Actor; work: Work },
): Promise<RosterPage> {
  if (!(await findCycle(db, id))) throw cycleNotFound(id)
  const evaluated = await evaluatedCycle(db, id)
  const closed = closedWords(work, evaluated.cycle.stage)
  return { ...evaluated, closed, editable: closed === null && hasRole(actor, 'organiser') }
}

/** What a person can mend on the page. @throws whatever is no such fault */
export function mendable(error: unknown): AppError {
  if (error instanceof AppError && (error.status === 409 || error.status === 422)) return error
  throw error
}

export function trail({ id, name }: Cycle, ...more: readonly { href: string; label: string }[]) {
  return [{ href: '/cycles', label: '考核周期' }, { href: `/cycles/${id}`, label: name }, ...more]
}
