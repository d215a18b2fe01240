/** The cells of a table of assignments: what each was when the page came, what it is to be, and how it shows. */

const STATES = { 0: 'none', 1: 'some', 2: 'all', x: 'shut' }

/** @returns rows of cells, in the order of the table */
export function cellsOf(form, table) {
  const seen = JSON.parse(form.elements.namedItem('seen').value)
  const width = seen.columns.length
  return [...table.tBodies[0].rows].map((line, r) =>
    [...line.cells].slice(1, width + 1).map((td, c) => {
      return new Cell(td, { row: r, column: c, seen: STATES[seen.states[r * width + c]] })
    }),
  )
}

class Cell {
  constructor(td, { row, column, seen }) {
    this.td = td
    this.row = row
    this.column = column
    this.box = td.querySelector('input[type="checkbox"]')
    /** what it was when the page came */
    this.seen = seen
    this.given = Number(td.dataset.given ?? 0)
    this.of = Number(td.dataset.of ?? 0)
    this.focusable = this.box ?? td.querySelector('span')
    this.focusable.tabIndex = -1
    this.state = this.#typed()
    if (this.box) this.show()
  }

  get isShut() {
    return this.box === null
  }

  get isChanged() {
    return this.state !== this.seen
  }

  /** How many units it gives. */
  get count() {
    if (this.state === 'some') return this.given
    return this.state === 'all' ? this.of : 0
  }

  /** What a click makes of it; what is given in part comes round to that again. */
  get next() {
    if (this.state === 'some') return 'all'
    if (this.state === 'all') return 'none'
    return this.seen === 'some' ? 'some' : 'all'
  }

  /** What a reload or a conflict left in the inputs. */
  #typed() {
    if (this.isShut) return 'shut'
    if (!this.box.checked) return 'none'
    const whole = this.td.querySelector('input[name="whole"]')
    return this.seen === 'some' && !whole ? 'some' : 'all'
  }

  show() {
    const { td, box, state, seen } = this
    box.checked = state !== 'none'
    box.indeterminate = state === 'some'
    td.querySelector('input[name="whole"]')?.remove()
    if (seen === 'some' && state === 'all') td.append(hidden('whole', box.value))
    td.className = `matrix-${state}${this.isChanged ? ' matrix-changed' : ''}`
    if (this.of > 1)
      this.#count().textContent =
        state === 'some' ? `${this.given}/${this.of}` : String(this.count || '')
  }

  #count() {
    const known = this.td.querySelector('.matrix-count')
    if (known) return known
    const made = document.createElement('span')
    made.className = 'matrix-count'
    this.box.after(made)
    return made
  }
}

function hidden(name, value) {
  const input = document.createElement('input')
  Object.assign(input, { type: 'hidden', name, value })
  return input
}
