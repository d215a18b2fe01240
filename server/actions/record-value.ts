import type { Actor } from '../domain/actor.ts'
import type { Value } from '../domain/bundle.ts'
import { canonicalAmount } from '../domain/canonical-bundle.ts'
import type { Amount } from '../domain/scheme.ts'
import { type AuditEntry, recordAudit } from '../store/audit.ts'
import type { Database, Trx } from '../store/database.ts'
import {
  deleteValue,
  findValue,
  insertValues,
  type StoredValue,
  updateValue,
} from '../store/values.ts'
import {
  assertReached,
  assertRole,
  assertSound,
  assertUnchanged,
  type EntryPlace,
  findEntryPlace,
  openCycle,
  RECORDERS,
  typedText,
} from './entry-place.ts'

export interface RecordValue {
  cycleId: string
  unitCode: string
  indicatorCode: string
  /** null takes the value away */
  value: Amount | null
  /** where the value comes from */
  source?: string | null
  /** the version that was shown; null: there was no value yet */
  version: number | null
  actor: Actor
  at: string
}

/**
 * Enters, changes or takes away a measured value.
 *
 * @returns the value that is there now, null if there is none
 * @throws {AppError} if the actor may not, the value is faulty, or it changed since he saw it
 */
export async function recordValue(db: Database, record: RecordValue): Promise<StoredValue | null> {
  const { cycleId, unitCode, indicatorCode, actor, at } = record
  assertRole(actor, RECORDERS)
  return db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'record')
    const place = await findEntryPlace(trx, cycle, unitCode, indicatorCode)
    await assertReached(trx, cycle, actor, place.unit)
    const present = await findValue(trx, { cycleId, unit: unitCode, indicator: indicatorCode })
    const change = await valueChange(trx, place, present, record)
    if (!change) return present ?? null
    const { next, entry } = change
    if (next) assertSound(place, { values: [next] })
    await writeValue(trx, place, present, change, record)
    await recordAudit(trx, entry)
    const now = { version: (present?.version ?? 0) + 1, updatedAt: at, updatedBy: actor.accountId }
    return next && { ...next, ...now }
  })
}

/** What entering a value comes to: the value as it is kept, null where it goes, and its entry in the ledger. */
export interface ValueChange {
  next: Value | null
  entry: AuditEntry
}

/**
 * What entering a value comes to, beside the one that is there; null where it changes nothing.
 *
 * @throws {ChangedElsewhere} if the value changed since the person saw it
 */
export async function valueChange(
  trx: Trx,
  place: EntryPlace,
  present: StoredValue | undefined,
  { cycleId, value, source, version, actor, at }: RecordValue,
): Promise<ValueChange | null> {
  const cell = { unit: place.unit.code, indicator: place.indicator.code }
  const next = value === null ? null : givenValue(cell, value, source)
  if (said(present) === said(next)) return null
  await assertUnchanged(trx, place, present, version, {
    theirs: valueText(present),
    yours: valueText(next),
  })
  const entry = {
    at,
    actor,
    action: next ? (present ? 'value.change' : 'value.record') : 'value.clear',
    cycleId,
    subject: `${place.unit.name} / ${place.indicator.name}`,
    detail: { ...cell, before: changed(present), after: changed(next) },
  }
  return { next, entry }
}

async function writeValue(
  trx: Trx,
  place: EntryPlace,
  present: StoredValue | undefined,
  { next }: ValueChange,
  { cycleId, actor, at }: RecordValue,
): Promise<void> {
  const stamp = { at, by: actor.accountId }
  const key = { cycleId, unit: place.unit.code, indicator: place.indicator.code }
  if (!next) await deleteValue(trx, key, present?.version ?? 0)
  else if (present) await updateValue(trx, cycleId, next, present.version, stamp)
  else await insertValues(trx, cycleId, [next], stamp)
}

/** A value as it is kept: its shortest text, and a source only where one was given. */
export function givenValue(
  cell: Pick<Value, 'unit' | 'indicator'>,
  value: Amount,
  source: string | null | undefined,
): Value {
  const from = typedText(source)
  const plain = { ...cell, value: canonicalAmount(value) }
  return from === undefined ? plain : { ...plain, source: from }
}

/** What a person changes of a value. */
function changed(value: Value | null | undefined): Pick<Value, 'value' | 'source'> | null {
  if (!value) return null
  return value.source === undefined
    ? { value: value.value }
    : { value: value.value, source: value.source }
}

function said(value: Value | null | undefined): string {
  return JSON.stringify(changed(value))
}

function valueText(value: Value | null | undefined): string {
  return value ? String(value.value) : '未填'
}
