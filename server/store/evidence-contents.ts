/** Contents of evidence as the database knows them, and whether anybody still refers to one. */

import type { Database, Trx } from './database.ts'
import type { Evidence } from './evidence.ts'

/** A content with what refers to it. */
export interface ContentUse {
  sha256: string
  /** pieces that are not withdrawn */
  standing: number
  /** when it first came in, or the last piece of it was withdrawn, whichever is later */
  lastUsed: string
}

/** Every content that was handed in; the file of one that nobody refers to may have been removed since. */
export async function contentUses(db: Database): Promise<ContentUse[]> {
  return (await usesIn(db).execute()).map(useOf)
}

/** One content's use; undefined if nobody ever handed it in. */
export async function contentUse(db: Database, sha256: string): Promise<ContentUse | undefined> {
  const row = await usesIn(db).where('evidence_file.sha256', '=', sha256).executeTakeFirst()
  return row && useOf(row)
}

/**
 * Makes a content known where it is not, and holds it to the end of the transaction: nobody removes its
 * file, or hands in the same, meanwhile. What is asked afterwards sees what whoever held it before has written.
 */
export async function holdContent(
  trx: Trx,
  { sha256, name, type, size }: Pick<Evidence, 'sha256' | 'name' | 'type' | 'size'>,
  at: string,
): Promise<void> {
  await trx
    .insertInto('evidence_file')
    .values({ sha256, name, type, size, stored_at: at })
    // Not doNothing, which would not hold it.
    .onConflict((oc) => oc.column('sha256').doUpdateSet({ sha256 }))
    .execute()
}

/** Holds a content likewise that is known already. */
export async function holdKnownContent(trx: Trx, sha256: string): Promise<void> {
  await trx.updateTable('evidence_file').set({ sha256 }).where('sha256', '=', sha256).execute()
}

/** Forgets a content, unless a piece, even a withdrawn one, tells that it was handed in. */
export async function forgetContent(trx: Trx, sha256: string): Promise<void> {
  await trx
    .deleteFrom('evidence_file')
    .where('sha256', '=', sha256)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('evidence').select('id').where('evidence.sha256', '=', sha256))),
    )
    .execute()
}

function usesIn(db: Database) {
  return db
    .selectFrom('evidence_file')
    .leftJoin('evidence', 'evidence.sha256', 'evidence_file.sha256')
    .select(({ fn }) => [
      'evidence_file.sha256',
      'evidence_file.stored_at',
      fn
        .count<number>('evidence.id')
        .filterWhere('evidence.withdrawn_at', 'is', null)
        .as('standing'),
      fn.max('evidence.withdrawn_at').as('withdrawn_at'),
    ])
    .groupBy(['evidence_file.sha256', 'evidence_file.stored_at'])
}

function useOf(row: {
  sha256: string
  stored_at: string
  standing: number
  withdrawn_at: string | null
}): ContentUse {
  const { sha256, stored_at, standing, withdrawn_at } = row
  const lastUsed = withdrawn_at !== null && withdrawn_at > stored_at ? withdrawn_at : stored_at
  return { sha256, standing, lastUsed }
}
