import type { Actor } from '../domain/actor.ts'
import { isRealDay } from '../domain/event-worth.ts'
import { STAGE_NAMES } from '../domain/stage.ts'
import { cycleNotFound, stageDayFaulty, stageDaysCrossed } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import { replaceStageDates, type StageDates, stageDates } from '../store/cycle-stages.ts'
import { lockCycle } from '../store/cycles.ts'
import type { Database } from '../store/database.ts'
import { assertRole } from './entry-place.ts'

export interface PlanStages {
  cycleId: string
  /** the days of all stages; a stage that is not there has none */
  dates: readonly StageDates[]
  actor: Actor
  at: string
}

/**
 * Sets when each stage of a cycle is to begin and end. Days are a plan: they move nothing by themselves.
 *
 * @throws {AppError} if the actor may not, a day is none, or a stage would end before it begins
 */
export async function planStages(
  db: Database,
  { cycleId, dates, actor, at }: PlanStages,
): Promise<void> {
  assertRole(actor, ['organiser'])
  for (const { stage, startsOn, endsOn } of dates) {
    for (const day of [startsOn, endsOn]) {
      if (day !== null && !isRealDay(day)) throw stageDayFaulty(STAGE_NAMES[stage], day)
    }
    if (startsOn !== null && endsOn !== null && endsOn < startsOn) {
      throw stageDaysCrossed(STAGE_NAMES[stage])
    }
  }
  await db.transaction().execute(async (trx) => {
    const before = said(await stageDates(trx, cycleId))
    const after = said(dates)
    if (JSON.stringify(before) === JSON.stringify(after)) return
    const cycle = await lockCycle(trx, cycleId)
    if (!cycle) throw cycleNotFound(cycleId)
    await replaceStageDates(trx, cycleId, dates)
    await recordAudit(trx, {
      at,
      actor,
      action: 'stage.plan',
      cycleId,
      subject: cycle.name,
      detail: { before, after },
    })
  })
}

/** The planned days by the stages' names, as the ledger of writes tells them. */
function said(dates: readonly StageDates[]): Record<string, string> {
  const planned = dates.filter(({ startsOn, endsOn }) => startsOn !== null || endsOn !== null)
  return Object.fromEntries(
    planned.map(({ stage, startsOn, endsOn }) => {
      return [STAGE_NAMES[stage], `${startsOn ?? '—'} 至 ${endsOn ?? '—'}`]
    }),
  )
}
