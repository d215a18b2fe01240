/** Counted ballots (民主测评), one row per unit, indicator and group, with a row per option. */

import type { Tally } from '../domain/bundle.ts'
import { inOrder, type Stamp } from './columns.ts'
import type { Database, Trx } from './database.ts'
import type { CellKey, SomeCells } from './marks.ts'
import { insertRows, noteGone, noteRows } from './row-ledger.ts'
import type { TallyCountRow, TallyRow } from './schema.ts'

export interface StoredTally extends Tally {
  version: number
  updatedAt: string
  /** the account */
  updatedBy: string
}

export interface TallyKey extends CellKey {
  group?: string | undefined
}

/** A cycle's tallies in the order entered; of one unit or one indicator where named. */
export async function cycleTallies(
  db: Database,
  cycleId: string,
  { unit, indicator }: SomeCells = {},
): Promise<StoredTally[]> {
  let tallies = db.selectFrom('tally').where('cycle_id', '=', cycleId)
  let counts = db.selectFrom('tally_count').where('cycle_id', '=', cycleId)
  if (unit !== undefined) {
    tallies = tallies.where('unit_code', '=', unit)
    counts = counts.where('unit_code', '=', unit)
  }
  if (indicator !== undefined) {
    tallies = tallies.where('indicator_code', '=', indicator)
    counts = counts.where('indicator_code', '=', indicator)
  }
  const rows = inOrder(await tallies.selectAll().execute())
  const countRows = await counts.selectAll().orderBy('position').execute()
  const countsOf = Map.groupBy(countRows, cellText)
  return rows.map((row) => storedTally(row, countsOf.get(cellText(row)) ?? []))
}

export async function findTally(
  db: Database,
  { cycleId, group, ...cell }: TallyKey,
): Promise<StoredTally | undefined> {
  const all = await cycleTallies(db, cycleId, cell)
  return all.find((tally) => (tally.group ?? '') === (group ?? ''))
}

/** Adds tallies after those that are there. */
export async function insertTallies(
  trx: Trx,
  cycleId: string,
  tallies: readonly Tally[],
  { at, by }: Stamp,
): Promise<void> {
  const last = await trx
    .selectFrom('tally')
    .where('cycle_id', '=', cycleId)
    .select((eb) => eb.fn.max('position').as('position'))
    .executeTakeFirst()
  const first = (last?.position ?? -1) + 1
  const rows = tallies.map((tally, index) => ({
    ...keyColumns(cycleId, tally),
    position: first + index,
    row_version: 1,
    updated_at: at,
    updated_by: by,
  }))
  await insertRows(trx, 'tally', rows)
  await insertCounts(trx, cycleId, tallies)
}

/** Changes a tally's counts if it still is at `version`. @returns whether it was */
export async function updateTally(
  trx: Trx,
  cycleId: string,
  tally: Tally,
  version: number,
  { at, by }: Stamp,
): Promise<boolean> {
  const key = keyColumns(cycleId, tally)
  const rows = await trx
    .updateTable('tally')
    .set({ row_version: version + 1, updated_at: at, updated_by: by })
    .where((eb) => eb.and(key))
    .where('row_version', '=', version)
    .returningAll()
    .execute()
  if (rows.length !== 1) return false
  noteRows(trx, 'tally', rows)
  await deleteCounts(trx, key)
  await insertCounts(trx, cycleId, [tally])
  return true
}

/** Takes a tally away, counts and all, if it still is at `version`. @returns whether it was */
export async function deleteTally(
  trx: Trx,
  { cycleId, ...key }: TallyKey,
  version: number,
): Promise<boolean> {
  const columns = keyColumns(cycleId, key)
  const kept = await trx
    .selectFrom('tally')
    .where((eb) => eb.and(columns))
    .where('row_version', '=', version)
    .select('position')
    .executeTakeFirst()
  if (!kept) return false
  await deleteCounts(trx, columns)
  const rows = await trx
    .deleteFrom('tally')
    .where((eb) => eb.and(columns))
    .returningAll()
    .execute()
  noteGone(trx, 'tally', rows)
  return true
}

async function deleteCounts(trx: Trx, key: ReturnType<typeof keyColumns>): Promise<void> {
  const rows = await trx
    .deleteFrom('tally_count')
    .where((eb) => eb.and(key))
    .returningAll()
    .execute()
  noteGone(trx, 'tally_count', rows)
}

async function insertCounts(trx: Trx, cycleId: string, tallies: readonly Tally[]): Promise<void> {
  const rows = tallies.flatMap((tally) =>
    Object.entries(tally.counts).map(([option, ballots], position) => {
      return { ...keyColumns(cycleId, tally), option_name: option, ballots, position }
    }),
  )
  await insertRows(trx, 'tally_count', rows)
}

function keyColumns(cycleId: string, { unit, indicator, group }: Omit<TallyKey, 'cycleId'>) {
  return {
    cycle_id: cycleId,
    unit_code: unit,
    indicator_code: indicator,
    group_name: group ?? '',
  }
}

function cellText(row: Pick<TallyRow, 'unit_code' | 'indicator_code' | 'group_name'>): string {
  return JSON.stringify([row.unit_code, row.indicator_code, row.group_name])
}

function storedTally(row: TallyRow, counts: readonly TallyCountRow[]): StoredTally {
  return {
    unit: row.unit_code,
    indicator: row.indicator_code,
    ...(row.group_name === '' ? {} : { group: row.group_name }),
    counts: Object.fromEntries(counts.map((count) => [count.option_name, count.ballots])),
    version: row.row_version,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  }
}

/** What the bundle says of a tally: without who entered it and when. */
export function plainTally({ version, updatedAt, updatedBy, ...tally }: StoredTally): Tally {
  return tally
}
