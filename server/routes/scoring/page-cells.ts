/** What a scoring page is about, on a person's desk, and saving what its form brings. */

import type { Actor } from '../../domain/actor.ts'
import type { Unit } from '../../domain/bundle.ts'
import type { Duty } from '../../domain/duty.ts'
import {
  type AppError,
  indicatorNotInScheme,
  markNotYours,
  notAnAssessor,
  unitNotInCycle,
} from '../../errors.ts'
import { accountNames } from '../../store/account-names.ts'
import type { Database } from '../../store/database.ts'
import { type Cell, cellsOf, strangeKeys, typedCells } from './cells.ts'
import type { Desk } from './desk.ts'
import type { PageState } from './page-view.ts'
import { type Saving, saveCells } from './save.ts'

/** @throws {AppError} if there is no such indicator, or it is not his to fill in */
export function findDuty(desk: Desk, code: string): Duty {
  const duty = desk.duties.find(({ indicator }) => indicator.code === code)
  if (!duty) throw noDuty(desk, code)
  return duty
}

/** Why a person does not fill in an indicator. */
export function noDuty({ others, marking, assessor, cycle }: Desk, code: string): AppError {
  const other = others.find(({ indicator }) => indicator.code === code)
  if (!other) return indicatorNotInScheme(code)
  return marking && !assessor ? notAnAssessor(cycle.name) : markNotYours(other.indicator.name)
}

/** @throws {AppError} if the unit is not in the cycle */
export function findUnit({ units }: Desk, code: string): Unit {
  const unit = units.find((each) => each.code === code)
  if (!unit) throw unitNotInCycle(code)
  return unit
}

/** The cells of an indicator's page, by the units' codes. */
export function indicatorCells(desk: Desk, duty: Duty): Cell[] {
  const places = desk.units.map((unit) => ({ unit, duty }))
  return cellsOf(desk, places, ({ unit }) => unit.code)
}

/** The cells of a unit's page, by the indicators' codes; none of his own unit's. */
export function unitCells(desk: Desk, unit: Unit): Cell[] {
  if (desk.recused.has(unit.code)) return []
  const places = desk.duties.map((duty) => ({ unit, duty }))
  return cellsOf(desk, places, ({ duty }) => duty.indicator.code)
}

/** What a form brings, who sends it and when. */
export interface SentForm {
  cycleId: string
  fields: ReadonlyMap<string, string>
  actor: Actor
  at: string
}

/**
 * Saves what a form brings for these cells; what is not among them is a fault of the form.
 *
 * @param strange the error for a code that is none of the page's
 */
export async function saveForm(
  db: Database,
  { fields, ...sent }: SentForm,
  cells: readonly Cell[],
  strange: (code: string) => Error,
): Promise<PageState & { saving: Saving }> {
  const saving = await saveCells(db, { ...sent, fields, cells: typedCells(cells, fields) })
  const faults = strangeKeys(cells, fields).map((key) => strange(key).message)
  const changed = [...saving.unsaved.values()].some(({ conflict }) => conflict)
  return { saving, faults, names: changed ? await accountNames(db) : new Map() }
}
