/**
 * Runs a SQLite file: what is written goes through one connection, committed in groups, and what is
 * only read through another, which sees what has been committed and nothing else.
 */

import type {
  CompiledQuery,
  DatabaseConnection,
  Driver,
  QueryResult,
  TransactionSettings,
} from 'kysely'
import { CommitGroup } from './commit-group.ts'
import { type OpenFile, PreparedFile } from './prepared-file.ts'
import { Turns } from './turns.ts'

/** A statement after which others may mean something else. */
const RESHAPES = /^\s*(create|alter|drop)\b/i

export class FileDriver implements Driver {
  readonly #writing: PreparedFile
  readonly #reading: PreparedFile | null
  readonly #group: CommitGroup
  readonly #readers = new Turns()

  /** @param reading another connection to the same file; null: the first is for everything */
  constructor(writing: OpenFile, reading: OpenFile | null) {
    this.#writing = new PreparedFile(writing)
    this.#reading = reading && new PreparedFile(reading)
    this.#group = new CommitGroup(this.#writing)
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<FileConnection> {
    return new FileConnection((query, within) =>
      within === null ? this.#alone(query) : this.#run(within, query),
    )
  }

  async releaseConnection(): Promise<void> {}

  async beginTransaction(
    connection: FileConnection,
    { accessMode }: TransactionSettings,
  ): Promise<void> {
    if (accessMode === 'read only' && this.#reading) {
      await this.#readers.take()
      this.#reading.prepare('begin').run([])
      connection.within = this.#reading
    } else {
      await this.#group.begin()
      connection.within = this.#writing
    }
  }

  async commitTransaction(connection: FileConnection): Promise<void> {
    const { within } = connection
    connection.within = null
    if (within === this.#writing) await this.#group.commit()
    else this.#endReading()
  }

  async rollbackTransaction(connection: FileConnection): Promise<void> {
    const { within } = connection
    connection.within = null
    if (within === this.#writing) await this.#group.rollback()
    // Where it was the commit that failed, nothing is left to undo.
    else if (within) this.#endReading()
  }

  async destroy(): Promise<void> {
    this.#reading?.close()
    this.#writing.close()
  }

  #endReading(): void {
    this.#reading?.prepare('commit').run([])
    this.#readers.pass()
  }

  /** A statement that belongs to no transaction. */
  async #alone<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#reading?.prepare(query.sql).readonly) {
      await this.#readers.take()
      try {
        return this.#run(this.#reading, query)
      } finally {
        this.#readers.pass()
      }
    }
    await this.#group.begin()
    const result = await this.#attempt<Row>(query)
    await this.#group.commit()
    return result
  }

  async #attempt<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      return this.#run(this.#writing, query)
    } catch (error) {
      await this.#group.rollback()
      throw error
    }
  }

  #run<Row>(file: PreparedFile, { sql, parameters }: CompiledQuery): QueryResult<Row> {
    const statement = file.prepare(sql)
    if (statement.reader) return { rows: statement.all(parameters) as Row[] }
    const { changes } = statement.run(parameters)
    if (RESHAPES.test(sql)) for (const each of [this.#writing, this.#reading]) each?.forget()
    return { numAffectedRows: BigInt(changes), rows: [] }
  }
}

type Ask = <Row>(
  query: CompiledQuery,
  within: PreparedFile | null,
) => QueryResult<Row> | Promise<QueryResult<Row>>

/** What one transaction, or one statement alone, is asked through. */
class FileConnection implements DatabaseConnection {
  /** the transaction's side of the file; null: none is under way */
  within: PreparedFile | null = null
  readonly #ask: Ask

  constructor(ask: Ask) {
    this.#ask = ask
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#ask<Row>(query, this.within)
  }

  // biome-ignore lint/correctness/useYield: rows are few enough to be read at once
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('rows are read at once here')
  }
}
