/** Work on tables that takes longer than an answer should: it goes on, and says how far it is. */

import type { FastifyInstance } from 'fastify'
import { tellProgress } from '../../actions/upload-table.ts'

/** After this a person is shown how far it is, rather than nothing. */
const WAIT_MS = 1500
const TELL_EVERY_MS = 1000

export type TellStep = (step: string, done: number, total: number) => void

export class TableWork {
  readonly #app: FastifyInstance
  readonly #running = new Set<Promise<void>>()

  constructor(app: FastifyInstance) {
    this.#app = app
  }

  /** Begins work on a table, and waits a little whether it is done soon. */
  async begin(id: string, work: (tell: TellStep) => Promise<void>): Promise<void> {
    const running = this.#run(id, work).finally(() => this.#running.delete(running))
    this.#running.add(running)
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, WAIT_MS)
    })
    await Promise.race([running, patience])
    clearTimeout(timer)
  }

  /** Waits for everything that was begun. */
  async end(): Promise<void> {
    await Promise.all(this.#running)
  }

  async #run(id: string, work: (tell: TellStep) => Promise<void>): Promise<void> {
    const { db, now, log } = this.#app
    let latest = { step: 'waiting', done: 0, total: 0 }
    let telling = Promise.resolve()
    const timer = setInterval(() => {
      telling = telling
        .then(() => tellProgress(db, id, latest, now()))
        .catch((error) => log.warn({ err: error }, 'could not say how far a table is'))
    }, TELL_EVERY_MS)
    try {
      await work((step, done, total) => {
        latest = { step, done, total }
      })
    } catch (error) {
      log.error({ err: error }, 'work on a table failed')
    } finally {
      clearInterval(timer)
      await telling
    }
  }
}
