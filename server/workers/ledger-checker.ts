/** Checks the ledger of writes beside the thread that answers pages, one check at a time. */

import { MessageChannel } from 'node:worker_threads'
import { Piscina } from 'piscina'
import type { Verification } from '../store/verify-ledger.ts'
import type { CheckTask } from './check-ledger.ts'

export interface LedgerChecker {
  /** entries and rows looked at by the check that runs, undefined if none does */
  looked(): number | undefined
  /** Runs a check, or waits for the one that runs. */
  check(): Promise<Verification>
  close(): Promise<void>
}

export function ledgerChecker(databaseUrl: string): LedgerChecker {
  let pool: Piscina<CheckTask, Verification> | undefined
  let running: { looked: number; result: Promise<Verification> } | undefined

  async function run(): Promise<Verification> {
    pool ??= new Piscina<CheckTask, Verification>({
      filename: new URL('./check-ledger.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: 1000,
    })
    const { port1, port2 } = new MessageChannel()
    port1.on('message', (looked: number) => {
      if (running) running.looked = looked
    })
    try {
      return await pool.run({ databaseUrl, progress: port2 }, { transferList: [port2] })
    } finally {
      port1.close()
      running = undefined
    }
  }

  return {
    looked: () => running?.looked,
    check() {
      running ??= { looked: 0, result: run() }
      return running.result
    },
    async close() {
      await pool?.destroy()
    },
  }
}
