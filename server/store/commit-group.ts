/**
 * Transactions that come at the same moment are committed together: the disk is waited for once, not once
 * for each. Each is a savepoint, so that one that fails leaves the others whole, and none is answered
 * before all are on the disk.
 */

import type { OpenFile } from './prepared-file.ts'

interface Member {
  resolve: () => void
  reject: (error: unknown) => void
}

/** Those that come without end are not all made to wait for the last. */
const MOST_MEMBERS = 100

export class CommitGroup {
  readonly #file: OpenFile
  /** who has come and not begun */
  readonly #waiting: (() => void)[] = []
  /** who has ended and waits for the commit */
  readonly #members: Member[] = []
  #busy = false

  constructor(file: OpenFile) {
    this.#file = file
  }

  /**
   * Begins a transaction when its turn has come; the next one waits until it has ended by `commit` or
   * `rollback`.
   */
  async begin(): Promise<void> {
    await new Promise<void>((resolve) => this.#come(resolve))
    try {
      if (!this.#file.inTransaction) this.#run('begin immediate')
      this.#run('savepoint member')
    } catch (error) {
      this.#next()
      throw error
    }
  }

  /**
   * Ends the transaction, and waits until what it wrote is on the disk.
   *
   * @throws {Error} if it could not be written: then nothing of it is kept
   */
  async commit(): Promise<void> {
    try {
      this.#run('release member')
    } catch (error) {
      await this.rollback()
      throw error
    }
    await this.#leave()
  }

  /** Undoes the transaction, and waits for those before it: what it saw of theirs may have been why. */
  async rollback(): Promise<void> {
    if (this.#file.inTransaction) {
      this.#run('rollback to member')
      this.#run('release member')
    } else {
      // After some faults, such as a full disk, SQLite undoes everything by itself.
      this.#refuse(
        new Error('a transaction that was to be committed with another was undone with it'),
      )
    }
    await this.#leave().catch(() => {})
  }

  /** Nobody begins before all that have arrived at this moment have come: they are one group. */
  #come(begin: () => void): void {
    this.#waiting.push(begin)
    if (this.#busy) return
    this.#busy = true
    setImmediate(() => this.#next())
  }

  #leave(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#members.push({ resolve, reject })
      this.#next()
    })
  }

  #next(): void {
    if (this.#waiting.length === 0 || this.#members.length >= MOST_MEMBERS) this.#commit()
    const begin = this.#waiting.shift()
    if (begin) begin()
    else this.#busy = false
  }

  #commit(): void {
    try {
      if (this.#file.inTransaction) this.#run('commit')
    } catch (error) {
      if (this.#file.inTransaction) this.#run('rollback')
      this.#refuse(error)
    }
    for (const { resolve } of this.#members.splice(0)) resolve()
  }

  #refuse(error: unknown): void {
    for (const { reject } of this.#members.splice(0)) reject(error)
  }

  #run(text: string): void {
    this.#file.prepare(text).run([])
  }
}
