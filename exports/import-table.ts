/** Tables that people fill in and send back: what one is made of, in data. */

/** Anything may be typed in; a number or a day is read as one however the spreadsheet keeps it. */
export type ColumnKind = 'text' | 'number' | 'date'

/** What a reader has to know of a column. It goes to another process. */
export interface ReadColumn {
  key: string
  header: string
  kind: ColumnKind
  /** whether a table without this column is none */
  required: boolean
}

/** What a cell's choice holds. */
export interface ColumnChoice {
  /** the options, or those that stand behind what other columns of the row say */
  options: readonly string[] | { by: readonly string[]; pairs: readonly ChoicePair[] }
  /** whether anything else is refused in the sheet; nothing else is by what is only a help */
  only: boolean
}

/** @property of what the other columns say, joined by {@link CHOICE_JOINT} */
export interface ChoicePair {
  of: string
  option: string
}

export const CHOICE_JOINT = '|'

export interface ImportColumn extends ReadColumn {
  /** width between these, from the content */
  width: readonly [least: number, most: number]
  choice?: ColumnChoice
  /**
   * goes out once more, hidden: what was changed in the table can be told from what was changed here. Of
   * named columns, those that say which row it is.
   */
  tracked?: boolean
  /** says what a row is about and is not to be changed */
  named?: boolean
}

export interface ImportTable {
  /** the sheet and its title */
  name: string
  subtitle: string
  /** what the table is and whose, so that another one is not taken for it */
  stamp: string
  columns: readonly ImportColumn[]
  /** texts by the columns' keys */
  rows: readonly Readonly<Record<string, string>>[]
  /** rows below them that are ready to be typed into */
  blankRows: number
}

/** The head of the hidden column beside a tracked one. */
export function issuedHeader({ header }: Pick<ReadColumn, 'header'>): string {
  return `下发时的${header}`
}

/** Above the head stand a title and a line; a table of one's own may have more. */
export const HEAD_ROW = 3

/** The hidden sheet: the stamp in A1, the choices right of it. */
export const CHOICE_SHEET = '_选项'
