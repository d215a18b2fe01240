/** Checks that every entry of the ledger of writes is there, unchanged and in its place. */

import type { ChainFault } from '../domain/ledger-fault.ts'
import { GENESIS, linkHash, merkleRoot } from './audit-chain.ts'
import { dayAfter } from './audit-days.ts'
import { entriesInOrder } from './audit-reading.ts'
import type { Database } from './database.ts'
import type { AuditDayRow, AuditEntryRow } from './schema.ts'
import { type Digests, takeDigests } from './written-rows.ts'

export interface Chain {
  entries: number
  /** days that are over */
  days: number
  /** the hash of the last entry, hex */
  end: string
  /** what the entries say of rows */
  digests: Digests
  faults: ChainFault[]
}

/** Checks the chain from its first entry to its last, and the roots of days that are over. */
export async function verifyChain(
  trx: Database,
  progress: (looked: number) => void,
): Promise<Chain> {
  const roots = await dayRoots(trx)
  const chain: Chain = { entries: 0, days: 0, end: GENESIS, digests: new Map(), faults: [] }
  let day: Day | undefined
  let next = 1
  for await (const rows of entriesInOrder(trx)) {
    for (const row of rows) {
      chain.faults.push(...missing(next, row.id), ...linkFaults(chain.end, day, row))
      if (day !== undefined && day.day !== row.day) {
        chain.faults.push(...rootFaults(day, roots))
        chain.days += 1
        day = undefined
      }
      day ??= { day: row.day ?? '', first: row.id, last: row.id, hashes: [] }
      day.last = row.id
      day.hashes.push(row.hash ?? '')
      chain.end = row.hash ?? GENESIS
      chain.entries += 1
      next = row.id + 1
      takeDigests(chain.digests, row)
    }
    progress(chain.entries)
  }
  const last = await lastNumber(trx)
  chain.faults.push(...missing(next, last + 1))
  if (next > last + 1) chain.faults.push({ kind: 'entry-uncounted', entry: last + 1 })
  // The day of the last entry is not over, unless what came after it was taken away.
  if (day && roots.has(day.day)) chain.faults.push(...rootFaults(day, roots))
  for (const { day, first_id } of roots.values()) {
    chain.faults.push({ kind: 'day-root', entry: first_id, day })
  }
  return chain
}

/** A day's entries as they are read. */
interface Day {
  day: string
  first: number
  last: number
  hashes: string[]
}

/** Told once for each gap, by its first number. */
function missing(from: number, to: number): ChainFault[] {
  return from < to ? [{ kind: 'entry-missing', entry: from }] : []
}

function linkFaults(end: string, day: Day | undefined, row: AuditEntryRow): ChainFault[] {
  const fits =
    row.hash === linkHash(row.previous_hash ?? '', row) &&
    row.day === dayAfter(day?.day ?? null, row.at)
  if (!fits) return [{ kind: 'entry-changed', entry: row.id }]
  return row.previous_hash === end ? [] : [{ kind: 'entry-unlinked', entry: row.id }]
}

/** @param roots those kept; the day's is taken out */
function rootFaults(day: Day, roots: Map<string, AuditDayRow>): ChainFault[] {
  const kept = roots.get(day.day)
  roots.delete(day.day)
  const fits =
    kept?.root === merkleRoot(day.hashes) &&
    kept.first_id === day.first &&
    kept.last_id === day.last
  return fits ? [] : [{ kind: 'day-root', entry: day.first, day: day.day }]
}

async function lastNumber(trx: Database): Promise<number> {
  const { last } = await trx
    .selectFrom('sequence')
    .where('name', '=', 'audit_entry')
    .select('last')
    .executeTakeFirstOrThrow()
  return last
}

async function dayRoots(trx: Database): Promise<Map<string, AuditDayRow>> {
  const rows = await trx.selectFrom('audit_day').selectAll().orderBy('day').execute()
  return new Map(rows.map((row) => [row.day, row]))
}
