/** The thread that holds the ledger of writes to its hashes: it reads everything, on a connection of its own. */

import type { MessagePort } from 'node:worker_threads'
import { openDatabase } from '../store/database.ts'
import { type Verification, verifyLedger } from '../store/verify-ledger.ts'

export interface CheckTask {
  databaseUrl: string
  /** told how many entries and rows have been looked at */
  progress: MessagePort
}

export default async function checkLedger({
  databaseUrl,
  progress,
}: CheckTask): Promise<Verification> {
  const db = await openDatabase(databaseUrl)
  try {
    return await verifyLedger(db, (looked) => progress.postMessage(looked))
  } finally {
    progress.close()
    await db.destroy()
  }
}
