/** A block from a spreadsheet, filled in from the focused or selected cell on: down the rows and to the right. */

import { fitting, isBlock, readBlock } from './block.js'

/**
 * @param change takes cells with new texts, as one step
 * @param misfit shows at a cell that a text has no place in one of its parts
 * @param report says what became of the block
 * @returns `fill`, which puts a block where it says
 */
export function listenForPaste(form, rows, cellOf, selection, { change, misfit, report }) {
  form.addEventListener('paste', (event) => {
    const cell = cellOf(event.target)
    const text = event.clipboardData?.getData('text/plain') ?? ''
    const area = selection.area()
    if (!cell || (!isBlock(text) && !area)) return
    event.preventDefault()
    const at = {
      row: rows.findIndex((row) => row.cell === cell),
      place: cell.placeOf(event.target),
    }
    const { row, place } = area ?? at
    const block = area && !isBlock(text) ? filled(area, text) : readBlock(text)
    fill(block, row, place, '粘贴')
  })

  function fill(block, from, place, verb) {
    const changes = []
    const misfits = []
    const left = []
    for (const [index, texts] of block.entries()) {
      const { row, cell } = rows[from + index] ?? {}
      const typed = texts.some((text) => text.trim() !== '')
      if (!cell) {
        const where = row?.querySelector('th')?.textContent.trim() ?? `第 ${index + 1} 行`
        if (typed) left.push(where)
        continue
      }
      const { changed, unfit } = placed(cell, texts, place)
      if (Object.keys(changed).length > 0) changes.push({ cell, texts: changed })
      if (unfit.length > 0) misfits.push({ cell, unfit })
    }
    change(changes)
    for (const { cell, unfit } of misfits) misfit(cell, unfit)
    report(verb, {
      pasted: changes.map(({ cell }) => cell),
      misfits: misfits.map(({ cell }) => cell),
      left,
    })
  }

  return fill
}

/** One text for every cell of an area. */
function filled({ height, width }, text) {
  return Array.from({ length: height }, () => Array(width).fill(text))
}

/** The texts of one row of a block by the parts they go into, and those that go into none. */
function placed(cell, texts, place) {
  const parts = [...cell.inputs]
  const changed = {}
  const unfit = []
  for (const [offset, text] of texts.entries()) {
    // An empty cell never erases.
    if (text.trim() === '') continue
    const [part, inputs] = parts[place + offset] ?? []
    const value = inputs ? fitting(inputs, text) : null
    if (value === null) unfit.push({ part, text: text.trim() })
    else changed[part] = value
  }
  return { changed, unfit }
}
