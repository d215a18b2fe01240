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
}

/** Everything views/partials/home-lead.hbs prints: how far his team is, member by member. */
export function leadSection(
  led: readonly LedCycle[],
  ownUnits: ReadonlyMap<string, readonly string[]>,
) {
  return {
    teams: led.map(({ evaluated, team, recused }) => {
      const { bundle, roster } = evaluated
      const own = (code: string) => ownUnits.get(code) ?? []
      const members = teamProgress(bundle, team.members, own, roster, recused)
      const { marks, left } = teamTotals(members)
      const head = cycleHead(evaluated)
      return {
        name: team.name,
        cycle: head.name,
        href: `${head.path}/team`,
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
