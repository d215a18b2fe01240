/** A cycle as far as tables about its entries go by it. */

import type { Actor } from '../../domain/actor.ts'
import type { Unit } from '../../domain/bundle.ts'
import { type EntryKind, entryKind } from '../../domain/duty.ts'
import { type PlacedIndicator, placedIndicators } from '../../domain/placed-indicators.ts'
import type { Scheme } from '../../domain/scheme.ts'
import { closedWords } from '../../domain/stage.ts'
import { type AppError, cycleNotFound, stageNotOpen } from '../../errors.ts'
import { recusedUnits } from '../../store/assignments.ts'
import { cycleUnits } from '../../store/cycle-units.ts'
import { type Cycle, findCycle } from '../../store/cycles.ts'
import type { Database } from '../../store/database.ts'
import { findScheme } from '../../store/schemes.ts'

export interface CycleBook {
  cycle: Cycle
  scheme: Scheme
  units: readonly Unit[]
  /** the indicators that take entries of this kind */
  placed: readonly PlacedIndicator[]
  /** the units about which the person enters nothing: his own, and those he declared a tie to */
  recused: ReadonlySet<string>
  /** why nothing can be entered now; null: it can */
  closed: AppError | null
}

/** @throws {AppError} if there is no such cycle */
export async function cycleBook(
  db: Database,
  { cycleId, actor }: { cycleId: string; actor: Actor },
  kind: EntryKind,
): Promise<CycleBook> {
  const cycle = await findCycle(db, cycleId)
  const stored = cycle && (await findScheme(db, cycle.schemeCode, cycle.schemeVersion))
  if (!cycle || !stored) throw cycleNotFound(cycleId)
  const why = closedWords('record', cycle.stage)
  return {
    cycle,
    scheme: stored.scheme,
    units: await cycleUnits(db, cycleId),
    placed: placedIndicators(stored.scheme).filter((each) => entryKind(each) === kind),
    recused: await recusedUnits(db, cycleId, actor),
    closed: why === null ? null : stageNotOpen(cycle.name, why),
  }
}

export function cycleTrail({ cycle }: CycleBook) {
  return [
    { href: '/cycles', label: '考核周期' },
    { href: `/cycles/${cycle.id}`, label: cycle.name },
  ]
}

/** `2026年度考核数值.xlsx`: letters, digits and Han only, so every system keeps it. */
export function cycleFileName({ cycle }: CycleBook, what: string): string {
  const plain = [...cycle.name.replace(/[^\p{L}\p{N}]/gu, '')].slice(0, 80).join('')
  return `${plain}${what}.xlsx`
}

export const RECUSED =
  '是您所在或登记了回避的单位，按回避规定不能由您填写。请删去这一行，由他人导入。'
