/** A cycle's ledger as one person may see it. */

import { type Actor, hasRole } from '../../domain/actor.ts'
import type { Unit } from '../../domain/bundle.ts'
import { entryKind } from '../../domain/duty.ts'
import type { EntryExplanation } from '../../domain/explanation.ts'
import { type PlacedIndicator, placedIndicators } from '../../domain/placed-indicators.ts'
import { closedWords } from '../../domain/stage.ts'
import { cycleNotFound } from '../../errors.ts'
import { recusedUnits } from '../../store/assignments.ts'
import { cycleUnits } from '../../store/cycle-units.ts'
import { type Cycle, cycleRevision, findCycle } from '../../store/cycles.ts'
import type { Database } from '../../store/database.ts'
import { evaluatedCycle } from '../../store/evaluation.ts'
import { ledgerEvents, type StoredEvent } from '../../store/events.ts'
import { findScheme } from '../../store/schemes.ts'
import { isReached, type Reach, reachOf } from '../../store/teams.ts'

export interface LedgerBook {
  cycle: Cycle
  /** why nothing can be written: in words where the stage is the reason; null: it can */
  readOnly: { closed: string } | 'reader' | null
  /** those the person has to do with */
  units: readonly Unit[]
  reach: Reach
  /** the indicators whose facts go into the ledger */
  ledgers: readonly PlacedIndicator[]
  /** the units about which the person records nothing: his own, and those he declared a tie to */
  recused: ReadonlySet<string>
  /** whether he sees what an event cost: those who see results do */
  seesAwards: boolean
}

/** @throws {AppError} if there is no such cycle */
export async function ledgerBook(db: Database, cycleId: string, actor: Actor): Promise<LedgerBook> {
  const cycle = await findCycle(db, cycleId)
  const stored = cycle && (await findScheme(db, cycle.schemeCode, cycle.schemeVersion))
  if (!cycle || !stored) throw cycleNotFound(cycleId)
  const writes = hasRole(actor, 'assessor', 'lead', 'organiser')
  const closed = closedWords('record', cycle.stage)
  const reach = await reachOf(db, cycleId, actor)
  return {
    cycle,
    readOnly: !writes ? 'reader' : closed === null ? null : { closed },
    units: (await cycleUnits(db, cycleId)).filter(({ code }) => isReached(reach, code)),
    reach,
    ledgers: placedIndicators(stored.scheme).filter((each) => entryKind(each) === 'event'),
    recused: await recusedUnits(db, cycleId, actor),
    seesAwards: hasRole(actor, 'organiser', 'auditor'),
  }
}

/** Whether events of a unit are shown: an assessor is not shown those of his own (回避), nor of another team's. */
export function isShown({ seesAwards, recused, reach }: LedgerBook, unitCode: string): boolean {
  return seesAwards || (isReached(reach, unitCode) && !recused.has(unitCode))
}

export function findLedger({ ledgers }: LedgerBook, code: string): PlacedIndicator | undefined {
  return ledgers.find(({ indicator }) => indicator.code === code)
}

export function findUnit({ units }: LedgerBook, code: string): Unit | undefined {
  return units.find((unit) => unit.code === code)
}

/** What became of an event in the evaluation, and the event that counts in its place, if one does. */
export interface Fate {
  explanation: EntryExplanation
  insteadOf: StoredEvent | undefined
}

/** How often to read again when somebody writes in between. */
const ATTEMPTS = 3

/**
 * What became of each event that stands, by its id, for the units named. Empty if writes keep coming in
 * between: then nothing is said rather than something wrong.
 */
export async function eventFates(
  db: Database,
  cycleId: string,
  unitCodes: ReadonlySet<string>,
): Promise<Map<string, Fate>> {
  const fates = new Map<string, Fate>()
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { cycle, evaluation } = await evaluatedCycle(db, cycleId)
    const standing = await ledgerEvents(db, cycleId)
    if ((await cycleRevision(db, cycleId)) !== cycle.revision) continue
    for (const code of unitCodes) {
      const entries = evaluation.explain(code).indicators.flatMap((each) => each.entries)
      for (const explanation of entries) {
        const event = explanation.kind === 'event' ? standing[explanation.position] : undefined
        const { insteadOf } = explanation
        const winner = insteadOf === undefined ? undefined : standing[insteadOf]
        if (event) fates.set(event.id, { explanation, insteadOf: winner })
      }
    }
    break
  }
  return fates
}
