import { beijingTime } from '../../domain/beijing-time.ts'
import { isOpenFor } from '../../domain/stage.ts'
import { teamProgress, teamTotals } from '../../domain/team-progress.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import type { Team } from '../../store/teams.ts'
import { cycleHead } from './cycle-head.ts'

/** A cycle in which the person leads a team. */
export interface LedCycle {
  evaluated: EvaluatedCycle
  team: Team
  /** codes of the units that he is recused from */
  recused: ReadonlySet<string>
  /** when the team was submitted; null: it is not */
  submittedAt: string | null
  /** how many marks given back wait for an answer */
  waiting: number
}

/** Everything views/partials/home-lead.hbs prints: how far his team is, member by member. */
export function leadSection(
  led: readonly LedCycle[],
  ownUnits: ReadonlyMap<string, readonly string[]>,
) {
  return {
    teams: led.map(({ evaluated, team, recused, submittedAt, waiting }) => {
      const { bundle, roster } = evaluated
      const own = (code: string) => ownUnits.get(code) ?? []
      const members = teamProgress(bundle, team.members, own, roster, recused)
      const { marks, left } = teamTotals(members)
      const head = cycleHead(evaluated)
      return {
        name: team.name,
        cycle: head.name,
        href: `${head.path}/team`,
        submitted: submittedAt === null ? null : beijingTime(submittedAt),
        waiting: waiting === 0 ? null : String(waiting),
        ready: left === 0 && waiting === 0 && isOpenFor('check', evaluated.cycle.stage),
        progress: {
          done: String(marks - left),
          total: String(Math.max(1, marks)),
          text: `${marks - left} / ${marks}`,
        },
        behind: members
          .filter((each) => each.left > 0)
          .map((each) => `${each.assessor.name}还剩 ${each.left} 项`)
          .join('，'),
      }
    }),
  }
}
