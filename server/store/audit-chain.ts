/** How entries of the ledger of writes hang together, so that none can be rewritten unseen. */

import { createHash } from 'node:crypto'
import { canonicalJson } from './fingerprint.ts'
import type { AuditEntryRow } from './schema.ts'

/** What stands before the first entry. */
export const GENESIS = '0'.repeat(64)

/** What of an entry is hashed: everything it says, nothing that follows from it. */
export type LinkContent = Omit<AuditEntryRow, 'previous_hash' | 'hash'>

/**
 * An entry's hash: hex SHA-256 over the hash before it (32 bytes) and the entry's canonical JSON.
 * `detail` and `row_digests` go in as the texts they are kept as, so that not even a space can change.
 *
 * @param previous the hash of the entry before, hex; `GENESIS` for the first
 */
export function linkHash(previous: string, content: LinkContent): string {
  const { id, at, day, actor_id, actor_name, action, cycle_id, subject, detail, row_digests } =
    content
  const said = { id, at, day, actor_id, actor_name, action, cycle_id, subject, detail, row_digests }
  return createHash('sha256')
    .update(Buffer.from(previous, 'hex'))
    .update(canonicalJson(said))
    .digest('hex')
}

/**
 * The Merkle tree hash of a list of entries' hashes, hex.
 *
 * @param hashes hex, in order; an empty list has the hash of nothing
 * @see RFC 6962, section 2.1
 */
export function merkleRoot(hashes: readonly string[]): string {
  return treeHash(hashes.map((hash) => Buffer.from(hash, 'hex'))).toString('hex')
}

const LEAF = Buffer.of(0)
const NODE = Buffer.of(1)

function treeHash(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves
  if (first === undefined) return sha256()
  if (leaves.length === 1) return sha256(LEAF, first)
  // The largest power of two below the number of leaves.
  const left = 2 ** (31 - Math.clz32(leaves.length - 1))
  return sha256(NODE, treeHash(leaves.slice(0, left)), treeHash(leaves.slice(left)))
}

function sha256(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
