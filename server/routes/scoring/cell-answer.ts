/** What the script of a scoring page is told about each cell that it sent. */

import { cellMessage, conflictView } from './cell-view.ts'
import { type Cell, seenText, typedCells } from './cells.ts'
import type { PageState } from './page-view.ts'

export type CellAnswer =
  /** `seen` is what the cell holds now, for the page's hidden field */
  | { state: 'saved'; seen: string }
  /** faulty: to be mended; refused: nothing typed there will be taken */
  | { state: 'faulty' | 'refused'; part: string; message: string }
  | { state: 'conflict'; message: string; conflict: ReturnType<typeof conflictView> }

/** @param now the page's cells as they are after saving */
export function cellAnswers(
  now: readonly Cell[],
  fields: ReadonlyMap<string, string>,
  { saving, names }: PageState,
  nameOf: (cell: Cell) => string,
): Record<string, CellAnswer> {
  return Object.fromEntries(
    typedCells(now, fields).map(({ cell }) => {
      const unsaved = saving?.unsaved.get(cell.key)
      if (!unsaved) return [cell.key, { state: 'saved', seen: seenText(cell, nameOf(cell)) }]
      const message = cellMessage(cell, unsaved.message)
      if (unsaved.conflict) {
        const changedBy = names?.get(cell.stored?.updatedBy ?? '') ?? '他人'
        const conflict = conflictView(cell, unsaved, { changedBy })
        return [cell.key, { state: 'conflict', message, conflict }]
      }
      const state = cell.state === 'open' ? 'faulty' : 'refused'
      return [cell.key, { state, part: unsaved.part, message }]
    }),
  )
}
