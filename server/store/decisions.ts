/** What was decided about units: vetoes (一票否决) and adjusted grades (调整). Lifted ones stay to be read. */

import { v7 as uuid } from 'uuid'
import type { Adjustment, UnitVeto } from '../domain/bundle.ts'
import { type Stamp, yesNo } from './columns.ts'
import type { Database, Trx } from './database.ts'
import { insertRows, noteRows } from './row-ledger.ts'
import type { AdjustmentRow, VetoRow } from './schema.ts'

export type DecisionKind = 'veto' | 'adjustment'

/** What of a decision can wait for a second person. */
export type Awaited = 'record' | 'lift'

/** `counting`: those that count now; `open`: and those that wait to be confirmed; `all`: and what is over. */
type Scope = 'counting' | 'open' | 'all'

/** A decision with who recorded and confirmed it, and when and why it was lifted. Who: accounts. */
export interface Decided<T> {
  id: string
  decision: T
  /** what waits for a second person; its record: then it does not count yet */
  waits: Awaited | null
  recordedAt: string
  recordedBy: string
  /** null while it waits, and where one person was enough when it was recorded */
  confirmedBy: string | null
  liftAskedBy: string | null
  liftedAt: string | null
  liftedBy: string | null
  /** why it was lifted, or is to be */
  liftReason: string | null
  /** how it ended where it never counted */
  dropped: 'withdrawn' | 'refused' | null
}

/** A cycle's vetoes in the order entered, those that count unless said otherwise. */
export async function cycleVetoes(
  db: Database,
  cycleId: string,
  scope: Scope = 'counting',
): Promise<Decided<UnitVeto>[]> {
  const rows = await decisionRows(db, 'veto', scope).where('cycle_id', '=', cycleId).execute()
  return rows.flatMap((row) => ('veto_code' in row ? decided(row, vetoOf(row)) : []))
}

/** A cycle's adjusted grades in the order entered, those that count unless said otherwise. */
export async function cycleAdjustments(
  db: Database,
  cycleId: string,
  scope: Scope = 'counting',
): Promise<Decided<Adjustment>[]> {
  const rows = await decisionRows(db, 'adjustment', scope).where('cycle_id', '=', cycleId).execute()
  return rows.flatMap((row) => ('grade' in row ? decided(row, adjustmentOf(row)) : []))
}

/** A decision that is not over. */
export async function findDecision(
  db: Database,
  kind: DecisionKind,
  { cycleId, id }: DecisionKey,
): Promise<Decided<UnitVeto | Adjustment> | undefined> {
  const rows =
    kind === 'veto'
      ? await cycleVetoes(db, cycleId, 'open')
      : await cycleAdjustments(db, cycleId, 'open')
  return rows.find((each) => each.id === id)
}

export type WaitingDecision = Decided<UnitVeto | Adjustment> & { kind: DecisionKind }

/** Those of a cycle that wait for a second person, vetoes first. */
export async function waitingDecisions(db: Database, cycleId: string): Promise<WaitingDecision[]> {
  const vetoes = await cycleVetoes(db, cycleId, 'open')
  const adjustments = await cycleAdjustments(db, cycleId, 'open')
  return [
    ...vetoes.map((each) => ({ ...each, kind: 'veto' as const })),
    ...adjustments.map((each) => ({ ...each, kind: 'adjustment' as const })),
  ].filter(({ waits }) => waits !== null)
}

/** Adds vetoes after those that are there. @param waits whether a second person has to confirm @returns their ids */
export async function insertVetoes(
  trx: Trx,
  cycleId: string,
  vetoes: readonly UnitVeto[],
  stamp: Stamp,
  waits: 'record' | null = null,
): Promise<string[]> {
  const first = await nextPosition(trx, 'veto', cycleId)
  const rows = vetoes.map(({ veto, exempt, ...said }, index) => ({
    ...decisionColumns(cycleId, said, first + index, stamp, waits),
    veto_code: veto,
    exempt: exempt === undefined ? null : yesNo(exempt),
  }))
  await insertRows(trx, 'veto', rows)
  return rows.map((row) => row.id)
}

/** Adds adjusted grades after those that are there. @param waits as above @returns their ids */
export async function insertAdjustments(
  trx: Trx,
  cycleId: string,
  adjustments: readonly Adjustment[],
  stamp: Stamp,
  waits: 'record' | null = null,
): Promise<string[]> {
  const first = await nextPosition(trx, 'adjustment', cycleId)
  const rows = adjustments.map(({ grade, ...said }, index) => ({
    ...decisionColumns(cycleId, said, first + index, stamp, waits),
    grade,
  }))
  await insertRows(trx, 'adjustment', rows)
  return rows.map((row) => row.id)
}

export interface DecisionKey {
  cycleId: string
  id: string
}

/** The second person agrees: the decision counts. */
export function markConfirmed(trx: Trx, kind: DecisionKind, key: DecisionKey, { at, by }: Stamp) {
  return change(trx, kind, key, { waits: null, confirmed_at: at, confirmed_by: by })
}

/** It ends without ever having counted. */
export function markDropped(
  trx: Trx,
  kind: DecisionKind,
  key: DecisionKey,
  { at, by, reason, how }: Stamp & { reason: string | null; how: 'withdrawn' | 'refused' },
) {
  const over = { lifted_at: at, lifted_by: by, lift_reason: reason }
  return change(trx, kind, key, { waits: null, dropped: how, ...over })
}

/** Somebody asks to lift what counts; until a second person agrees it counts on. */
export function markLiftAsked(
  trx: Trx,
  kind: DecisionKind,
  key: DecisionKey,
  { at, by, reason }: Stamp & { reason: string },
) {
  const asked = { lift_asked_at: at, lift_asked_by: by, lift_reason: reason }
  return change(trx, kind, key, { waits: 'lift', ...asked })
}

/** The second person agrees: it counts no more. */
export function markLifted(trx: Trx, kind: DecisionKind, key: DecisionKey, { at, by }: Stamp) {
  return change(trx, kind, key, { waits: null, lifted_at: at, lifted_by: by })
}

/** It is not lifted after all. */
export function markKept(trx: Trx, kind: DecisionKind, key: DecisionKey) {
  const asked = { lift_asked_at: null, lift_asked_by: null, lift_reason: null }
  return change(trx, kind, key, { waits: null, ...asked })
}

async function change(
  trx: Trx,
  kind: DecisionKind,
  { cycleId, id }: DecisionKey,
  changes: Partial<Omit<AdjustmentRow, 'grade'>>,
): Promise<void> {
  const rows = await trx
    .updateTable(kind)
    .set(changes)
    .where('cycle_id', '=', cycleId)
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .returningAll()
    .execute()
  noteRows(trx, kind, rows)
}

function decisionRows(db: Database, table: DecisionKind, scope: Scope) {
  let query = db.selectFrom(table)
  if (scope !== 'all') query = query.where('lifted_at', 'is', null)
  if (scope === 'counting') {
    query = query.where((eb) => eb.or([eb('waits', 'is', null), eb('waits', '=', 'lift')]))
  }
  return query.selectAll().orderBy('position').orderBy('id')
}

async function nextPosition(trx: Trx, table: DecisionKind, cycleId: string): Promise<number> {
  const row = await trx
    .selectFrom(table)
    .where('cycle_id', '=', cycleId)
    .select((eb) => eb.fn.max('position').as('last'))
    .executeTakeFirst()
  return (row?.last ?? -1) + 1
}

function decisionColumns(
  cycleId: string,
  { unit, reason, document }: { unit: string; reason: string; document?: string },
  position: number,
  { at, by }: Stamp,
  waits: 'record' | null,
) {
  return {
    id: uuid(),
    cycle_id: cycleId,
    unit_code: unit,
    reason,
    document: document ?? null,
    position,
    recorded_at: at,
    recorded_by: by,
    waits,
    confirmed_at: null,
    confirmed_by: null,
    lift_asked_at: null,
    lift_asked_by: null,
    lifted_at: null,
    lifted_by: null,
    lift_reason: null,
    dropped: null,
  }
}

function vetoOf({ unit_code: unit, veto_code: veto, reason, document, exempt }: VetoRow): UnitVeto {
  return {
    ...{ unit, veto, reason },
    ...(document === null ? {} : { document }),
    ...(exempt === null ? {} : { exempt: exempt === 1 }),
  }
}

function adjustmentOf({ unit_code: unit, grade, reason, document }: AdjustmentRow): Adjustment {
  return { unit, grade, reason, ...(document === null ? {} : { document }) }
}

function decided<T>(row: VetoRow | AdjustmentRow, decision: T): Decided<T> {
  return {
    id: row.id,
    decision,
    waits: row.waits,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    confirmedBy: row.confirmed_by,
    liftAskedBy: row.lift_asked_by,
    liftedAt: row.lifted_at,
    liftedBy: row.lifted_by,
    liftReason: row.lift_reason,
    dropped: row.dropped,
  }
}
