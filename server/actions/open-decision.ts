/** A veto or decided grade that is not over, looked up for the person who is to say something about it. */

import type { Actor } from '../domain/actor.ts'
import type { Adjustment, Unit, UnitVeto } from '../domain/bundle.ts'
import type { Scheme } from '../domain/scheme.ts'
import { decisionNotFound, decisionsUnconfirmed } from '../errors.ts'
import type { Cycle } from '../store/cycles.ts'
import type { Trx } from '../store/database.ts'
import {
  type Decided,
  type DecisionKind,
  findDecision,
  waitingDecisions,
} from '../store/decisions.ts'
import { assertNotRecused, assertRole, findUnitPlace, openCycle } from './entry-place.ts'

export interface DecisionAddress {
  cycleId: string
  kind: DecisionKind
  id: string
  actor: Actor
  at: string
}

export interface OpenDecision {
  found: Decided<UnitVeto | Adjustment>
  /** 「市财政局 / 班子成员被立案」, as the ledger of writes names it */
  subject: string
}

/** @throws {AppError} if the actor may not decide here, or there is no such decision that is not over */
export async function openDecision(
  trx: Trx,
  { cycleId, kind, id, actor }: DecisionAddress,
): Promise<OpenDecision> {
  assertRole(actor, ['organiser'])
  const cycle = await openCycle(trx, cycleId, 'decide')
  const found = await findDecision(trx, kind, { cycleId, id })
  if (!found) throw decisionNotFound(kind)
  const { unit, scheme } = await findUnitPlace(trx, cycle, found.decision.unit)
  await assertNotRecused(trx, cycle, actor, unit)
  return { found, subject: `${unit.name} / ${matterOf(scheme, found.decision)}` }
}

/** A veto by its name in the index, an adjustment by the decided grade. */
export function matterOf(scheme: Scheme, decision: UnitVeto | Adjustment): string {
  if (!('veto' in decision)) return decision.grade
  return scheme.vetoes?.find(({ code }) => code === decision.veto)?.name ?? decision.veto
}

/** @throws {AppError} while decisions wait for a second person: then nothing is sealed or given notice of */
export async function assertConfirmed(
  trx: Trx,
  cycle: Cycle,
  units: readonly Unit[],
): Promise<void> {
  const waiting = await waitingDecisions(trx, cycle.id)
  if (waiting.length === 0) return
  const names = new Map(units.map(({ code, name }) => [code, name]))
  const about = waiting.map(({ decision: { unit } }) => names.get(unit) ?? unit)
  throw decisionsUnconfirmed(cycle.name, about)
}
