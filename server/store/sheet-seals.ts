/** Seals of score sheets: they show that a sheet was issued here and that nobody changed what it says of itself. */

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Database } from './database.ts'
import { settingOrMade } from './settings.ts'

/** HMAC-SHA256 of a sheet's content in hex, with a key that never leaves the database. */
export async function sealOf(db: Database, content: string): Promise<string> {
  const secret = await settingOrMade(db, 'score_sheet_secret', () =>
    randomBytes(32).toString('hex'),
  )
  return createHmac('sha256', secret).update(content).digest('hex')
}

/** Whether a seal belongs to a content. */
export async function isSealed(db: Database, content: string, seal: string): Promise<boolean> {
  const [right, given] = [Buffer.from(await sealOf(db, content)), Buffer.from(seal)]
  return right.length === given.length && timingSafeEqual(right, given)
}
