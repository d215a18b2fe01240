/** What tables of every kind have in common: who brings them in, what goes out, what comes of a row. */

import type { ImportColumn, ImportTable } from '../../../exports/import-table.ts'
import type { AcceptedTable } from '../../actions/close-table.ts'
import type { PasswordCost } from '../../actions/password-hash.ts'
import type { Actor } from '../../domain/actor.ts'
import { type SettledCell, settledCell, type TypedRow } from '../../domain/typed-row.ts'
import type { AppError } from '../../errors.ts'
import type { Database } from '../../store/database.ts'
import type { TableKindName } from '../../store/table-uploads.ts'

export interface TableKind {
  name: TableKindName
  /** where its pages are; `:id` stands for a cycle */
  path: string
  /** @throws {AppError} if there is no such cycle */
  open(db: Database, whose: TableOwner): Promise<OpenTable>
}

export interface TableOwner {
  /** '' for a table of no cycle */
  cycleId: string
  actor: Actor
  at: string
}

/** A table as this person may fill it in at this moment. */
export interface OpenTable {
  title: string
  /** how it goes, below the title */
  intro: string
  breadcrumbs: readonly { href: string; label: string }[]
  /** where one came from, and goes when it is done */
  home: { href: string; label: string }
  path: string
  fileName: string
  mostRows: number
  /** why nothing can be brought in now; null: it can */
  closed: AppError | null
  /** what one row is, to be counted: 个单位 */
  counted: string
  table: ImportTable
  compare(rows: readonly TypedRow[]): Comparison
}

export interface CellFault {
  /** B5 */
  place: string
  field: string
  message: string
}

/** A cell as it will be, and as it is where that is something else. */
export interface ShownCell {
  text: string
  was: string | null
}

export interface ComparedRow {
  /** counted from 1 */
  row: number
  /** `doubtful` is only taken if somebody says so, and says why */
  state: 'new' | 'changed' | 'same' | 'doubtful'
  shown: Readonly<Record<string, ShownCell>>
  doubt: string | null
}

export interface Comparison {
  faults: readonly CellFault[]
  rows: readonly ComparedRow[]
  /** writes the rows of these numbers, all or none */
  accept(rows: ReadonlySet<number>, ground: AcceptanceGround): Promise<void>
}

export interface AcceptanceGround {
  db: Database
  table: AcceptedTable
  cost: PasswordCost
  /** what seals one-time passwords for this person's session */
  key: Uint8Array
  tell(step: string, done: number, total: number): void
}

/** What becomes of one row, with what is to be written; null where nothing is. */
export type JudgedRow<Write> = { faults: readonly CellFault[] } | (ComparedRow & { write: Write })

export function comparison<Write>(
  judged: readonly JudgedRow<Write>[],
  accept: (writes: Write[], ground: AcceptanceGround) => Promise<unknown>,
): Comparison {
  const sound = judged.flatMap((each) => ('faults' in each ? [] : [each]))
  return {
    faults: judged.flatMap((each) => ('faults' in each ? each.faults : [])),
    rows: sound,
    async accept(rows, ground) {
      const chosen = sound.filter(({ row, state }) => state !== 'same' && rows.has(row))
      await accept(
        chosen.map(({ write }) => write),
        ground,
      )
    },
  }
}

/** Reading the cells of one row, with its faults as they are found. */
export class RowReader {
  readonly faults: CellFault[] = []
  readonly row: number
  readonly #typed: TypedRow
  readonly #columns: readonly ImportColumn[]
  /** whether the row still is about what it was issued for: a row that was copied is not */
  readonly #asIssued: boolean

  constructor(typed: TypedRow, columns: readonly ImportColumn[]) {
    this.row = typed.row
    this.#typed = typed
    this.#columns = columns
    this.#asIssued = columns.every(
      ({ key, named, tracked }) => !(named && tracked) || typed.issued[key] === this.text(key),
    )
    for (const { key } of columns) {
      const problem = typed.cells[key]?.problem ?? null
      if (problem !== null) this.fault(key, `这一格${problem}`)
    }
  }

  text(key: string): string {
    return this.#typed.cells[key]?.text ?? ''
  }

  fault(key: string, message: string): void {
    const field = this.#columns.find((column) => column.key === key)?.header ?? ''
    const place = this.#typed.cells[key]?.place ?? `第 ${this.row} 行`
    this.faults.push({ place, field, message })
  }

  /** What a cell is to hold, beside what is there now. */
  settled(key: string, now: string): SettledCell {
    const numeric = this.#columns.find((column) => column.key === key)?.kind === 'number'
    const issued = this.#asIssued ? this.#typed.issued[key] : undefined
    return settledCell({ typed: this.text(key), issued, now }, numeric)
  }
}

/** Why a row is not taken without a word: the system has changed since the table was issued. */
export function clashWords(cells: readonly (SettledCell & { now: string; header: string })[]) {
  const clashes = cells.filter(({ clash, text, now }) => clash && text !== now)
  if (clashes.length === 0) return null
  const said = clashes.map(({ header, now }) => `${header}现在是「${now === '' ? '空' : now}」`)
  return `下发以后系统里也改过：${said.join('，')}`
}

export function shownCell(text: string, was: string | null): ShownCell {
  return { text, was: was === text ? null : was }
}
