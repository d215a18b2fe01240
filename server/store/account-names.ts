import type { Database } from './database.ts'

/** Everybody's name by account id, for saying who did something. */
export async function accountNames(db: Database): Promise<Map<string, string>> {
  const rows = await db.selectFrom('account').select(['id', 'name']).orderBy('id').execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
