/** Which cells are meant: one with the focus, or the block between it and where Shift was first held. */

export class Selection {
  #cells
  #anchor
  #focus
  #block = []

  /** @param cells rows of cells; the first is where the keyboard comes in */
  constructor(cells) {
    this.#cells = cells
    this.#anchor = this.#focus = cells[0][0]
    this.#focus.focusable.tabIndex = 0
  }

  get focus() {
    return this.#focus
  }

  get anchor() {
    return this.#anchor
  }

  /** The cells that are meant, without those that nothing can be done with. */
  get cells() {
    return this.#block.filter(({ isShut }) => !isShut)
  }

  get isBlock() {
    return this.#block.length > 1
  }

  /** @param extend whether the block grows to here, or begins anew */
  go(cell, { extend = false, focus = true } = {}) {
    this.#focus.focusable.tabIndex = -1
    this.#focus = cell
    cell.focusable.tabIndex = 0
    if (!extend) this.#anchor = cell
    if (focus) cell.focusable.focus()
    this.#mark()
  }

  /** @returns whether there was a cell to go to */
  move(rows, columns, extend) {
    const { row, column } = this.#focus
    const cell = this.#cells[row + rows]?.[column + columns]
    if (cell) this.go(cell, { extend })
    return cell !== undefined
  }

  #mark() {
    for (const { td } of this.#block) delete td.dataset.selected
    const [one, other] = [this.#anchor, this.#focus]
    const within = (value, a, b) => value >= Math.min(a, b) && value <= Math.max(a, b)
    this.#block = this.#cells
      .filter((_, row) => within(row, one.row, other.row))
      .flatMap((line) => line.filter(({ column }) => within(column, one.column, other.column)))
    if (this.isBlock) for (const { td } of this.#block) td.dataset.selected = ''
  }
}
