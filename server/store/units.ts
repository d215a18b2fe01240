/** The roster of units (单位名册), over all cycles. */

import { pinyin } from 'pinyin-pro'
import type { Unit } from '../domain/bundle.ts'
import { portions } from './columns.ts'
import type { Database, Trx } from './database.ts'
import { noteRows } from './row-ledger.ts'
import type { UnitRow } from './schema.ts'

export interface RosterFilter {
  category?: string
  /** a part of the name or code, or of the name's pinyin initials */
  text?: string
}

/** The units of the roster that match, by code. */
export async function rosterUnits(db: Database, filter: RosterFilter = {}): Promise<UnitRow[]> {
  const text = filter.text?.trim().toLowerCase() ?? ''
  let query = db.selectFrom('unit').selectAll().orderBy('code')
  if (filter.category !== undefined) query = query.where('category', '=', filter.category)
  const units = await query.execute()
  // A roster is short, and `like` does not fold case alike on both databases.
  return units.filter(({ code, name, initials }) =>
    [code, name, initials].some((field) => field.toLowerCase().includes(text)),
  )
}

export async function findUnit(db: Database, code: string): Promise<UnitRow | undefined> {
  return db.selectFrom('unit').where('code', '=', code).selectAll().executeTakeFirst()
}

/** The categories of the roster, by name. */
export async function rosterCategories(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('unit')
    .select('category')
    .distinct()
    .orderBy('category')
    .execute()
  return rows.map((row) => row.category)
}

/** @returns false if the code is taken */
export async function insertUnit(
  trx: Trx,
  { code, name, category }: Pick<UnitRow, 'code' | 'name' | 'category'>,
  at: string,
): Promise<boolean> {
  const rows = await trx
    .insertInto('unit')
    .values({ code, name, category, initials: pinyinInitials(name), created_at: at })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .returningAll()
    .execute()
  noteRows(trx, 'unit', rows)
  return rows.length === 1
}

/** Renames a unit or moves it to another category; cycles that are there keep it as it was. */
export async function updateUnit(
  trx: Trx,
  { code, name, category }: Pick<UnitRow, 'code' | 'name' | 'category'>,
): Promise<void> {
  const rows = await trx
    .updateTable('unit')
    .set({ name, category, initials: pinyinInitials(name) })
    .where('code', '=', code)
    .returningAll()
    .execute()
  noteRows(trx, 'unit', rows)
}

/** Adds the units that the roster does not have yet; those it has stay as they are. */
export async function addToRoster(trx: Trx, units: readonly Unit[], at: string): Promise<void> {
  const rows = units.map(({ code, name, category }) => {
    return { code, name, category, initials: pinyinInitials(name), created_at: at }
  })
  for (const some of portions(rows)) {
    const added = await trx
      .insertInto('unit')
      .values(some)
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returningAll()
      .execute()
    noteRows(trx, 'unit', added)
  }
}

/** First letters of a name's pinyin, letters and digits as they are: 市财政局 gives sczj. */
export function pinyinInitials(name: string): string {
  const letters = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array' })
  return letters
    .join('')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
}
