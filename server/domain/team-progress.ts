/** How far a team (考核组) is: what its members still have to mark. */

import type { Bundle, Unit } from './bundle.ts'
import { type AssessorProgress, assessorProgress } from './cycle-progress.ts'
import { NO_ROSTER } from './duty-roster.ts'
import { allMarksDue } from './marks-due.ts'

/**
 * @param members codes of assessors
 * @param ownUnitsOf the units an assessor belongs to and never marks, by his code
 * @param hidden codes of units left out: those that who asks is recused from (回避)
 * @returns in the order of the bundle
 */
export function teamProgress(
  bundle: Bundle,
  members: readonly string[],
  ownUnitsOf: (assessorCode: string) => readonly string[],
  roster = NO_ROSTER,
  hidden: ReadonlySet<string> = new Set(),
): AssessorProgress[] {
  const people = (bundle.assessors ?? []).filter(({ code }) => members.includes(code))
  const shown = (units: readonly Unit[]) => units.filter(({ code }) => !hidden.has(code))
  const due = new Map(
    [...allMarksDue(bundle, people, ownUnitsOf, roster)].map(([assessor, duties]) => [
      assessor,
      duties
        .map(({ indicator, units, marked, left }) => {
          return { indicator, units: shown(units), marked: shown(marked), left: shown(left) }
        })
        .filter(({ units }) => units.length > 0),
    ]),
  )
  return people.map((assessor) => assessorProgress(assessor, due))
}

/** How many marks the members have to give, and how many of them are not given yet. */
export function teamTotals(members: readonly AssessorProgress[]): { marks: number; left: number } {
  return members.reduce(
    (sum, { marks, left }) => ({ marks: sum.marks + marks, left: sum.left + left }),
    { marks: 0, left: 0 },
  )
}
