/** What a person does to the cells: every change is a step that can be undone, and is saved. */

import { sameTexts } from './cells.js'
import { History } from './history.js'

const DRAFT_AFTER_MS = 300

export class Edits {
  #history = new History()
  #drafting = 0

  /** @param reasons asks for the reason of a mark below full */
  constructor(cells, saving, show, reasons) {
    Object.assign(this, { cells, saving, show, reasons })
  }

  /** Notes what a person left in a cell, and saves it. */
  commit(cell, { step } = {}) {
    clearTimeout(this.#drafting)
    const after = cell.texts()
    const before = cell.committed
    if (sameTexts(before, after)) {
      const draft = this.saving.unsaved.get(cell.key)?.ready === false
      if (draft && sameTexts(after, cell.storedTexts())) this.#leaveAsStored(cell)
      return
    }
    cell.committed = after
    if (step) step.push({ cell, before, after })
    else this.#history.add([{ cell, before, after }])
    this.saving.put(cell)
  }

  /** Sets cells to texts, as one step. */
  change(changes, { undoable = true } = {}) {
    const step = []
    for (const { cell, texts } of changes) {
      cell.setTexts(texts)
      this.commit(cell, { step })
    }
    if (undoable) this.#history.add(step)
    if (changes.length === 1) this.reasons.ask(changes[0].cell)
    this.show.sum()
  }

  /** @returns whether there was something to undo */
  undo() {
    return this.#history.undo((changes) => this.change(changes, { undoable: false }))
  }

  redo() {
    return this.#history.redo((changes) => this.change(changes, { undoable: false }))
  }

  /** Keeps what is being typed, once the person pauses. */
  draftSoon(cell) {
    clearTimeout(this.#drafting)
    this.#drafting = setTimeout(() => this.keepDraft(cell), DRAFT_AFTER_MS)
  }

  keepDraft(cell) {
    if (sameTexts(cell.texts(), cell.committed)) return
    this.saving.put(cell, { draft: true })
    this.show.sum()
  }

  /** Puts a cell back to what is stored. */
  restore(cell) {
    clearTimeout(this.#drafting)
    cell.setTexts(cell.storedTexts())
    if (this.saving.unsaved.get(cell.key)?.attempt) this.commit(cell)
    else if (this.saving.unsaved.has(cell.key)) this.#leaveAsStored(cell)
    cell.committed = cell.texts()
  }

  /** Takes on what stands in the page and is not stored: typed before this script was there, or sent back. */
  adopt() {
    for (const cell of this.cells) {
      if (this.saving.unsaved.has(cell.key)) continue
      if (cell.row.contains(document.activeElement)) this.keepDraft(cell)
      else this.commit(cell)
    }
  }

  #leaveAsStored(cell) {
    if (!this.saving.drop(cell)) return
    this.show.cell({ cell }, 'unchanged')
    this.show.sum()
  }
}
