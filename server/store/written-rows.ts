/** What the ledger of writes says of rows: which entry wrote each last, and its digest. */

import type { AuditEntryRow } from './schema.ts'

export interface Written {
  entry: number
  digest: string
}

/** By table, then by the row's key. */
export type Digests = Map<string, Map<string, Written>>

/** Tables of a cycle: their keys begin with it. */
const OF_NO_CYCLE: readonly string[] = ['scheme', 'unit', 'account', 'account_role']

/** What an entry wrote counts from then on. Digests that are no list were changed, and are told so. */
export function takeDigests(digests: Digests, { id, row_digests }: AuditEntryRow): void {
  for (const [table, key, digest] of readDigests(row_digests)) {
    if (table === '*') {
      for (const [name, known] of digests) if (!OF_NO_CYCLE.includes(name)) forgetCycle(known, key)
      continue
    }
    const known = digests.get(table) ?? new Map<string, Written>()
    digests.set(table, known)
    if (digest === null) known.delete(key)
    else known.set(key, { entry: id, digest })
  }
}

function* readDigests(text: string | null): Generator<[string, string, string | null]> {
  for (const digest of readList(text)) {
    if (!Array.isArray(digest)) continue
    const [table, key, value] = digest
    yield [String(table), String(key), value === null ? null : String(value)]
  }
}

function readList(text: string | null): unknown[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(list) ? list : []
  } catch {
    return []
  }
}

function forgetCycle(known: Map<string, Written>, cycle: string): void {
  const start = cycle.slice(0, -1)
  for (const key of known.keys()) {
    if (key === cycle || key.startsWith(`${start},`)) known.delete(key)
  }
}
