/** Moving through the page by keyboard, as in a spreadsheet. */

/**
 * @param actions undo and redo, which say whether they did something, and restore for Escape
 * @param cellOf the cell of an element, if it is an input of one
 */
export function listenForKeys(form, rows, cellOf, { undo, redo, restore }) {
  const cells = rows.flatMap(({ cell }) => cell ?? [])

  form.addEventListener('keydown', (event) => {
    const { target } = event
    const cell = cellOf(target)
    if (!cell || event.isComposing || event.defaultPrevented) return
    if (answer(event, target, cell)) event.preventDefault()
  })

  function answer(event, target, cell) {
    const { key, shiftKey, altKey } = event
    if (event.ctrlKey || event.metaKey)
      return !altKey && step(key.toLowerCase(), shiftKey, target, cell)
    if (altKey) return false
    if (key === 'Enter') return down(target, cell, shiftKey ? -1 : 1) || true
    if (key === 'Escape') return restore(cell)
    // Lists and choices need their arrows for themselves.
    if (!isText(target) || shiftKey) return false
    if (key === 'ArrowDown') return down(target, cell, 1)
    if (key === 'ArrowUp') return down(target, cell, -1)
    if (key === 'ArrowLeft' && isAt(target, 'start')) return aside(target, cell, -1)
    if (key === 'ArrowRight' && isAt(target, 'end')) return aside(target, cell, 1)
    return false
  }

  function step(key, shiftKey, target, cell) {
    // What is being typed has the browser's own steps.
    if (
      isText(target) &&
      cell.texts()[cell.partOf(target)] !== cell.committed[cell.partOf(target)]
    ) {
      return false
    }
    if (key === 'z') return shiftKey ? redo() : undo()
    return key === 'y' && redo()
  }

  function down(target, cell, by) {
    const next = cells[cells.indexOf(cell) + by]
    if (next) go(next.elementAt(cell.placeOf(target)))
    // At the last row there is nowhere to go, but what was typed is left all the same.
    else target.dispatchEvent(new Event('change', { bubbles: true }))
    return true
  }

  function aside(target, cell, by) {
    const place = cell.placeOf(target) + by
    if (place < 0 || place >= cell.inputs.size) return false
    go(cell.elementAt(place))
    return true
  }
}

/** Goes to an input and selects what it holds, so that typing replaces it. */
export function go(input) {
  input.focus()
  if (isText(input)) input.select()
}

export function isText(input) {
  return input.tagName === 'INPUT' && input.type !== 'radio'
}

/** Whether the caret is at an end of what an input holds, or all of it is selected. */
export function isAt({ selectionStart, selectionEnd, value }, end) {
  if (selectionStart === 0 && selectionEnd === value.length) return true
  return selectionStart === selectionEnd && selectionStart === (end === 'start' ? 0 : value.length)
}
