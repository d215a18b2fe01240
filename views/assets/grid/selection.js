/**
 * A block of cells, selected as in a spreadsheet: Shift with the arrows or a click, or by dragging. The
 * focus stays where it began. Rows that cannot be filled in are part of it, and empty.
 */

import { isAt, isText } from './keys.js'

const STEPS = {
  ArrowUp: [-1, 0, 'start'],
  ArrowDown: [1, 0, 'end'],
  ArrowLeft: [0, -1, 'start'],
  ArrowRight: [0, 1, 'end'],
}

export class Selection {
  #anchor
  #head
  #marked = new Set()
  #dragging = false

  /** @param say has a sentence read aloud */
  constructor(form, rows, cellOf, say) {
    Object.assign(this, { form, rows, cellOf, say })
    this.index = new Map(rows.map(({ row }, index) => [row, index]))
    for (const table of form.querySelectorAll('table')) {
      // Only in a grid can a cell be told to be selected.
      table.setAttribute('role', 'grid')
      table.setAttribute('aria-multiselectable', 'true')
    }
    form.addEventListener('keydown', (event) => this.#onKey(event))
    form.addEventListener('mousedown', (event) => this.#onPress(event))
    form.addEventListener('mouseover', (event) => this.#onDrag(event))
    // What a cell holds is not to be torn out of it and dropped into another.
    form.addEventListener('dragstart', (event) => {
      if (this.cellOf(event.target)) event.preventDefault()
    })
    form.addEventListener('focusin', ({ target }) => {
      const point = this.#pointOf(target)
      if (!point || !isSame(point, this.#anchor)) this.clear()
    })
  }

  /** @returns the first row and place and the size; undefined unless several cells are selected */
  area() {
    if (!this.#head) return undefined
    const [one, other] = [this.#anchor, this.#head]
    const [row, place] = [Math.min(one.row, other.row), Math.min(one.place, other.place)]
    const [height, width] = [Math.abs(one.row - other.row), Math.abs(one.place - other.place)]
    return { row, place, height: height + 1, width: width + 1 }
  }

  /** Each row of the area: its cell, if it has one, and the parts of it that are selected. */
  parts() {
    const area = this.area()
    if (!area) return []
    const { row, place, height, width } = area
    return this.rows.slice(row, row + height).map(({ cell }) => ({
      cell,
      parts: cell ? [...cell.inputs.keys()].slice(place, place + width) : [],
    }))
  }

  /** What is selected, as rows of texts. */
  texts() {
    const { place, width } = this.area()
    return this.parts().map(({ cell }) => {
      const shown = cell?.shownTexts() ?? []
      return Array.from({ length: width }, (_, index) => shown[place + index] ?? '')
    })
  }

  clear() {
    if (!this.#head) return
    this.#head = undefined
    this.#mark()
  }

  #onKey(event) {
    const { target, key, shiftKey, ctrlKey, metaKey, altKey } = event
    if (event.isComposing || altKey || !this.cellOf(target)) return
    const step = ctrlKey || metaKey || !shiftKey ? undefined : STEPS[key]
    if (step) {
      // Inside a text it selects letters.
      const letters = step[1] !== 0 && isText(target) && !isAt(target, step[2])
      if (!this.#head && letters) return
      event.preventDefault()
      return this.#extendBy(target, step)
    }
    if (!this.#head) return
    if (key === 'Escape') {
      event.preventDefault()
      this.clear()
      this.say('已取消选择。')
    } else if (isTyped(key) && !ctrlKey && !metaKey) this.clear()
  }

  #extendBy(target, [down, right]) {
    const { row, place } = this.#head ?? this.#pointOf(target)
    const last = this.rows.length - 1
    const widest = Math.max(0, ...this.rows.map(({ cell }) => (cell ? cell.inputs.size - 1 : 0)))
    const head = {
      row: Math.max(0, Math.min(last, row + down)),
      place: Math.max(0, Math.min(widest, place + right)),
    }
    this.#extendTo(this.#pointOf(target), head)
    this.rows[head.row].row.scrollIntoView({ block: 'nearest' })
  }

  #onPress(event) {
    if (event.button !== 0) return
    const point = this.#pointOf(event.target)
    const active = this.#pointOf(document.activeElement)
    this.#dragging = point !== undefined
    if (!point) return
    if (event.shiftKey && active && !isSame(point, active)) {
      event.preventDefault()
      this.#extendTo(active, point)
    } else this.clear()
  }

  #onDrag({ target, buttons }) {
    if ((buttons & 1) === 0) this.#dragging = false
    const point = this.#dragging ? this.#pointOf(target) : undefined
    const active = this.#pointOf(document.activeElement)
    if (!point || !active || (!this.#head && isSame(point, active))) return
    this.#extendTo(active, point)
  }

  #extendTo(anchor, head) {
    this.#anchor = anchor
    this.#head = isSame(anchor, head) ? undefined : head
    this.#mark()
    const area = this.area()
    this.say(
      area
        ? `已选 ${area.height} 行 ${area.width} 列。Ctrl+C 复制，Delete 清除，Esc 取消选择。`
        : '已取消选择。',
    )
  }

  /** Marks what is selected now, and touches nothing else. */
  #mark() {
    const wanted = new Set(
      this.parts().flatMap(({ cell, parts }) => parts.flatMap((part) => cell.inputs.get(part))),
    )
    for (const input of this.#marked) if (!wanted.has(input)) mark(input, false)
    for (const input of wanted) if (!this.#marked.has(input)) mark(input, true)
    // Two inputs may share a cell of the table.
    for (const input of wanted) input.closest('td').setAttribute('aria-selected', 'true')
    this.#marked = wanted
  }

  /** The place of an input, or of the first one in a cell of the table. */
  #pointOf(target) {
    const cell = this.cellOf(target)
    const input = cell
      ? target
      : target?.closest?.('td')?.querySelector('input:not([type="hidden"]), select')
    const owner = cell ?? (input && this.cellOf(input))
    return owner ? { row: this.index.get(owner.row), place: owner.placeOf(input) } : undefined
  }
}

function mark(input, selected) {
  const frame = input.type === 'radio' ? input.closest('fieldset') : input
  frame.classList.toggle('grid-selected', selected)
  if (!selected) input.closest('td').removeAttribute('aria-selected')
}

function isSame(one, other) {
  return one?.row === other?.row && one?.place === other?.place
}

/** A key that types, goes elsewhere or leaves: not one that only modifies or that acts on the selection. */
function isTyped(key) {
  return !['Shift', 'Control', 'Meta', 'Alt', 'Delete', 'Backspace'].includes(key)
}
