import { auditEntries } from './audit.ts'
import type { Database } from './database.ts'

const ALL = 100_000

/** Who withdrew which event of a cycle, by the event's id, as the ledger of writes tells it. */
export async function withdrawers(db: Database, cycleId: string): Promise<Map<string, string>> {
  const entries = await auditEntries(db, { cycleId, action: 'event.withdraw', limit: ALL })
  return new Map(entries.map(({ detail, actor_name }) => [String(detail.event), actor_name]))
}
