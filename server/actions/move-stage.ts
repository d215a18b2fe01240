import type { Actor } from '../domain/actor.ts'
import { evaluate } from '../domain/evaluate.ts'
import { STAGE_NAMES, type Stage, stageMoves } from '../domain/stage.ts'
import {
  changeReasonMissing,
  cycleChangedMeanwhile,
  cycleNotFound,
  resultNotSealed,
  stageNotNext,
  stageUnconfirmed,
} from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import { readCycle } from '../store/bundle.ts'
import { cycleUnits } from '../store/cycle-units.ts'
import { findCycle, updateStage } from '../store/cycles.ts'
import type { Database, Trx } from '../store/database.ts'
import { findSealedResult, isSealOf } from '../store/sealed-results.ts'
import { assertRole, typedText } from './entry-place.ts'
import { assertConfirmed } from './open-decision.ts'

export interface MoveStage {
  cycleId: string
  to: Stage
  /** needed on the way back */
  reason?: string
  /** needed where there is no way back */
  confirmed?: boolean
  /** the cycle's revision that was looked at: nobody moves what changed unseen */
  revision?: number
  actor: Actor
  at: string
}

/**
 * Moves a cycle one stage on, or one back with a reason.
 *
 * @throws {AppError} if the actor may not, the stage is not the next or the one before, a reason or the
 *   confirmation is missing, decisions wait or the result is not sealed before its notice, or the cycle changed since it
 *   was looked at
 */
export async function moveStage(
  db: Database,
  { cycleId, to, reason: typed, confirmed = false, revision, actor, at }: MoveStage,
): Promise<void> {
  assertRole(actor, ['organiser'])
  const reason = typedText(typed)
  await db.transaction().execute(async (trx) => {
    const cycle = await findCycle(trx, cycleId)
    if (!cycle) throw cycleNotFound(cycleId)
    const { forward, back } = stageMoves(cycle.stage)
    const refusal = stageNotNext(cycle.name, STAGE_NAMES[cycle.stage], STAGE_NAMES[to])
    if (to !== forward && to !== back) throw refusal
    if (to === back && reason === undefined) throw changeReasonMissing('退回上一阶段')
    if (to === 'archived' && !confirmed) throw stageUnconfirmed()
    const moved = await updateStage(trx, cycleId, cycle.stage, to)
    if (!moved) throw refusal
    if (revision !== undefined && moved.revision !== revision + 1) {
      throw cycleChangedMeanwhile(cycle.name, '没有转阶段')
    }
    if (to === 'notice') {
      await assertConfirmed(trx, moved, await cycleUnits(trx, cycleId))
      if (!(await isSealed(trx, cycleId))) throw resultNotSealed(cycle.name)
    }
    await recordAudit(trx, {
      at,
      actor,
      action: to === forward ? 'stage.move' : 'stage.return',
      cycleId,
      subject: cycle.name,
      detail: {
        before: { stage: cycle.stage },
        after: { stage: to },
        ...(reason === undefined ? {} : { reason }),
      },
    })
  })
}

/** Whether the newest sealed version says just what the cycle says now. */
async function isSealed(trx: Trx, cycleId: string): Promise<boolean> {
  const sealed = await findSealedResult(trx, cycleId)
  if (!sealed) return false
  const { bundle } = await readCycle(trx, cycleId)
  return isSealOf(sealed, bundle, evaluate(bundle).result)
}
