/** How a cycle's teams stand before it is moved on: which are submitted, and what those that are not lack. */

import { beijingTime } from '../../domain/beijing-time.ts'
import { isOpenFor } from '../../domain/stage.ts'
import { teamProgress, teamTotals } from '../../domain/team-progress.ts'
import type { Database } from '../../store/database.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import { openReturns } from '../../store/mark-returns.ts'
import { teamSubmissions } from '../../store/team-submissions.ts'
import { cycleTeams } from '../../store/teams.ts'
import type { OwnUnits } from './list-view.ts'

/** In sentences, one for each team; none while teams have nothing to hand in. */
export async function teamLines(
  db: Database,
  { cycle, bundle, roster }: EvaluatedCycle,
  ownUnits: OwnUnits,
): Promise<string[]> {
  if (!isOpenFor('check', cycle.stage)) return []
  const submissions = await teamSubmissions(db, cycle.id)
  const lines: string[] = []
  for (const { code, name, lead, members } of await cycleTeams(db, cycle.id)) {
    const at = submissions.get(code)
    if (at !== undefined) {
      lines.push(`「${name}」已于 ${beijingTime(at)} 提交。`)
      continue
    }
    const own = (assessor: string) => ownUnits.get(assessor) ?? []
    const { left } = teamTotals(teamProgress(bundle, members, own, roster))
    const waiting = (await openReturns(db, cycle.id, members)).length
    const lacks = [
      ...(lead === null ? ['还没有组长'] : []),
      ...(left === 0 ? [] : [`还有 ${left} 项没有打分`]),
      ...(waiting === 0 ? [] : [`${waiting} 项退回没有答复`]),
    ]
    lines.push(`「${name}」没有提交${lacks.length === 0 ? '' : `：${lacks.join('，')}`}。`)
  }
  return lines
}
