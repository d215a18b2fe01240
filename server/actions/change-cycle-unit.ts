import type { Actor } from '../domain/actor.ts'
import type { Unit } from '../domain/bundle.ts'
import { appliesTo, placedIndicators } from '../domain/placed-indicators.ts'
import type { Scheme } from '../domain/scheme.ts'
import {
  exemptionReasonMissing,
  indicatorNotInScheme,
  unitCategoryMissing,
  unitNameMissing,
} from '../errors.ts'
import { deleteIndicatorAssignments } from '../store/assigning.ts'
import { recordAudit } from '../store/audit.ts'
import { exemptionKey, notApplicableReasons, updateCycleUnit } from '../store/cycle-roster.ts'
import type { Database, Trx } from '../store/database.ts'
import { assertCycleSound } from './cycle-soundness.ts'
import { assertRole, findUnitPlace, openCycle, typedText } from './entry-place.ts'
import { isNamed } from './unit-rules.ts'

export interface ChangeCycleUnit {
  cycleId: string
  /** the unit's code */
  unit: string
  /** as it is called in this cycle; the roster of units stays as it is */
  name: string
  category: string
  /** the unit's sizes as plain decimals, by their names */
  measures: Readonly<Record<string, string>>
  /** the indicators that do not apply to it, each with the reason */
  notApplicable: readonly { indicator: string; reason: string }[]
  actor: Actor
  at: string
}

/**
 * Changes what a unit is in one cycle. Assignments of indicators that no longer apply to it go.
 *
 * @returns how many cells went from assessors
 * @throws {AppError} if the actor may not, something is missing, or the cycle is past its preparation
 * @throws {FaultyEntries} if the cycle could not be scored like that
 */
export async function changeCycleUnit(db: Database, change: ChangeCycleUnit): Promise<number> {
  const { cycleId, actor, at } = change
  assertRole(actor, ['organiser'])
  return db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'compose')
    const { scheme, unit: before } = await findUnitPlace(trx, cycle, change.unit)
    const name = typedText(change.name)
    const category = typedText(change.category)
    if (name === undefined || !isNamed(name)) throw unitNameMissing()
    if (category === undefined || !isNamed(category)) throw unitCategoryMissing()
    const reasons = await reasonsOf(trx, scheme, change)
    const after: Unit = { code: before.code, name, category }
    if (reasons.size > 0) after.notApplicable = [...reasons.keys()]
    if (Object.keys(change.measures).length > 0) after.measures = change.measures
    await updateCycleUnit(trx, cycleId, after, reasons)
    const gone = placedIndicators(scheme).filter((placed) => !appliesTo(placed, after))
    const taken = await deleteIndicatorAssignments(trx, cycleId, {
      unit: after.code,
      indicators: gone.map(({ indicator }) => indicator.code),
    })
    await assertCycleSound(trx, cycleId)
    await recordAudit(trx, {
      at,
      actor,
      action: 'cycle-unit.change',
      cycleId,
      subject: after.name,
      detail: {
        before: plain(before),
        after: plain(after),
        ...(reasons.size > 0 && { reason: Object.fromEntries(reasons) }),
        ...(taken > 0 && { taken }),
      },
    })
    return taken
  })
}

/** Why each indicator does not apply; one that did not before must say why. */
async function reasonsOf(
  trx: Trx,
  scheme: Scheme,
  { cycleId, unit, notApplicable }: ChangeCycleUnit,
): Promise<Map<string, string | null>> {
  const before = await notApplicableReasons(trx, cycleId)
  const names = new Map(
    placedIndicators(scheme).map(({ indicator: { code, name } }) => [code, name]),
  )
  return new Map(
    notApplicable.map(({ indicator, reason: typed }) => {
      const name = names.get(indicator)
      if (name === undefined) throw indicatorNotInScheme(indicator)
      const reason = typedText(typed) ?? null
      const known = before.get(exemptionKey(unit, indicator))
      // One that came with a bundle says no reason; it may stay so.
      if (reason === null && known !== null) throw exemptionReasonMissing(name)
      return [indicator, reason]
    }),
  )
}

function plain({ name, category, measures = {}, notApplicable = [] }: Unit) {
  return { name, category, measures, notApplicable }
}
