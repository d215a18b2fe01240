/** A SQLite file whose statements are prepared once: a page asks the same few dozen again and again. */

/** What is needed of the driver's file. */
export interface OpenFile {
  readonly inTransaction: boolean
  prepare(text: string): Statement
  close(): void
}

export interface Statement {
  /** whether it gives rows */
  readonly reader: boolean
  /** whether it writes nothing */
  readonly readonly: boolean
  all(parameters: readonly unknown[]): unknown[]
  run(parameters: readonly unknown[]): { changes: number; lastInsertRowid: number | bigint }
}

/** How many statements are kept prepared; what the program asks is far fewer. */
const MOST_STATEMENTS = 500

export class PreparedFile implements OpenFile {
  readonly #file: OpenFile
  readonly #known = new Map<string, Statement>()

  constructor(file: OpenFile) {
    this.#file = file
  }

  get inTransaction(): boolean {
    return this.#file.inTransaction
  }

  prepare(text: string): Statement {
    const known = this.#known.get(text)
    if (known) return known
    if (this.#known.size >= MOST_STATEMENTS) this.#known.clear()
    const statement = this.#file.prepare(text)
    this.#known.set(text, statement)
    return statement
  }

  /** Another shape of the tables may be another statement. */
  forget(): void {
    this.#known.clear()
  }

  close(): void {
    this.#file.close()
  }
}
