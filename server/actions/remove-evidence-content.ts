import type { Actor } from '../domain/actor.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { contentUse, forgetContent, holdContent } from '../store/evidence-contents.ts'
import { type KeptFile, removeEvidenceFile } from '../store/evidence-files.ts'

export interface RemoveEvidenceContent {
  file: KeptFile
  /** removed only if nobody has used it since then, as ISO-8601 UTC text */
  before: string
  actor: Actor
  at: string
}

/**
 * Removes a content from the disk to which no cycle refers any more. It is held meanwhile: who hands in the
 * same at this moment either was first, and it stays, or brings it anew. The ledger keeps its hash.
 *
 * @param folder where contents are kept
 * @returns whether it was removed
 */
export async function removeEvidenceContent(
  db: Database,
  folder: string,
  { file, before, actor, at }: RemoveEvidenceContent,
): Promise<boolean> {
  const { sha256, size, modifiedAt } = file
  return db.transaction().execute(async (trx) => {
    // An upload that was undone is known to nobody; it counts from when it came in.
    await holdContent(trx, { sha256, size, name: '', type: '' }, modifiedAt)
    const use = await contentUse(trx, sha256)
    const removed = use?.standing === 0 && use.lastUsed < before
    if (removed) {
      await removeEvidenceFile(folder, sha256)
      const detail = { sha256, size }
      await recordAudit(trx, { at, actor, action: 'evidence.remove', subject: sha256, detail })
    }
    await forgetContent(trx, sha256)
    return removed
  })
}
