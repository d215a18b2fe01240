import type { Database } from './database.ts'

/**
 * A setting's value, made at the first call and kept from then on. Two programs that start at once on
 * one database get the same value.
 *
 * @param make the value to keep if there is none yet
 */
export async function settingOrMade(
  db: Database,
  name: string,
  make: () => string,
): Promise<string> {
  const kept = await findSetting(db, name)
  if (kept !== undefined) return kept
  await db
    .insertInto('setting')
    .values({ name, value: make() })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const { value } = await db
    .selectFrom('setting')
    .where('name', '=', name)
    .select('value')
    .executeTakeFirstOrThrow()
  return value
}

async function findSetting(db: Database, name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('setting')
    .where('name', '=', name)
    .select('value')
    .executeTakeFirst()
  return row?.value
}
