/** Changing assignments like a spreadsheet: the form underneath is the same one that works without this. */

import { History } from '../grid/history.js'
import { cellsOf } from './cells.js'
import { Selection } from './selection.js'

const form = document.querySelector('form[data-matrix]')
const table = form.querySelector('table')
const cells = cellsOf(form, table)
const all = cells.flat()
const byTd = new Map(all.map((cell) => [cell.td, cell]))
const names = {
  rows: [...table.tBodies[0].rows].map((line) => line.cells[0].textContent.trim()),
  columns: [...table.tHead.rows[0].cells].slice(1, -1).map((head) => head.textContent.trim()),
}
const selection = new Selection(cells)
const history = new History()
const pending = form.querySelector('[data-pending]')
const why = form.querySelector('.matrix-why')
const tools = Object.fromEntries(
  [...form.querySelectorAll('[data-tool]')].map((button) => [button.dataset.tool, button]),
)
let shifted = false
let sending = false

table.setAttribute('role', 'grid')
form.classList.add('matrix-live')
for (const button of Object.values(tools)) button.hidden = false
names.rows.forEach((name, row) => {
  addLine(table.tBodies[0].rows[row].cells[0], `全选 ${name} 整行`, cells[row])
})
names.columns.forEach((name, column) => {
  const line = cells.map((row) => row[column])
  addLine(table.tHead.rows[0].cells[column + 1], `全选 ${name} 整列`, line)
})
tell()

/** Sets cells as one step that can be undone. */
function set(changes) {
  const step = changes
    .filter(({ cell, to }) => !cell.isShut && cell.state !== to)
    .map(({ cell, to }) => ({ cell, before: cell.state, after: to }))
  history.add(step)
  put(step.map(({ cell, after }) => ({ cell, texts: after })))
  return step.length
}

function put(step) {
  for (const { cell, texts } of step) {
    cell.state = texts
    cell.show()
  }
  tell()
}

/** Gives all of them, or takes all where all are given. */
function toggle(block) {
  const open = block.filter(({ isShut }) => !isShut)
  const to = open.every(({ state }) => state === 'all') ? 'none' : 'all'
  const count = set(open.map((cell) => ({ cell, to })))
  say(`${count} 格改为${to === 'all' ? '分给' : '收回'}，还没有保存`)
}

function press(cell) {
  if (cell.isShut) return explain(cell)
  if (selection.isBlock) return toggle(selection.cells)
  set([{ cell, to: cell.next }])
}

/** How many changes wait, and what the rows and columns come to. */
function tell() {
  const changed = all.filter(({ isChanged }) => isChanged)
  const taken = changed.filter(({ state }) => state === 'none').length
  pending.hidden = changed.length === 0
  pending.textContent = `${changed.length} 格未保存：分给 ${changed.length - taken}，收回 ${taken}`
  const [body, foot] = [table.tBodies[0].rows, table.tFoot.rows[0].cells]
  cells.forEach((line, row) => {
    const sum = body[row].querySelector('[data-sum]')
    if (/^\d*$/.test(sum.textContent) || changed.length > 0) sum.textContent = sumOf(line)
  })
  names.columns.forEach((_, column) => {
    foot[column + 1].textContent = sumOf(cells.map((line) => line[column]))
  })
}

function sumOf(line) {
  return String(line.reduce((sum, { count }) => sum + count, 0))
}

function explain(cell) {
  say(`${names.rows[cell.row]} · ${names.columns[cell.column]}：不能分给，${cell.td.dataset.why}`)
}

function say(text) {
  why.textContent = text
}

function addLine(head, label, line) {
  const button = document.createElement('button')
  Object.assign(button, { type: 'button', className: 'link matrix-line', textContent: '全选' })
  button.setAttribute('aria-label', label)
  button.addEventListener('click', () => toggle(line))
  head.append(button)
}

table.addEventListener('mousedown', (event) => {
  shifted = event.shiftKey
  // Else the browser selects the text in between.
  if (shifted) event.preventDefault()
})

table.addEventListener('click', (event) => {
  const cell = byTd.get(event.target.closest('td'))
  if (!cell) return
  shifted = event.shiftKey
  // A tick changes by itself first.
  if (event.target !== cell.box) click(cell)
})

table.addEventListener('change', (event) => {
  const cell = byTd.get(event.target.closest('td'))
  if (cell) click(cell)
})

function click(cell) {
  if (!shifted) {
    selection.go(cell)
    return press(cell)
  }
  const { state } = selection.anchor
  selection.go(cell, { extend: true })
  const to = state === 'none' ? 'none' : 'all'
  if (!cell.isShut) cell.show()
  say(
    `${set(selection.cells.map((each) => ({ cell: each, to })))} 格改为${to === 'all' ? '分给' : '收回'}，还没有保存`,
  )
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

table.addEventListener('keydown', (event) => {
  const cell = byTd.get(event.target.closest('td'))
  if (!cell || event.altKey) return
  if (answer(event, cell)) event.preventDefault()
})

// Some browsers press a tick when the space bar comes up again.
table.addEventListener('keyup', (event) => {
  if (event.key === ' ' && byTd.has(event.target.closest('td'))) event.preventDefault()
})

function answer({ key, shiftKey, ctrlKey, metaKey }, cell) {
  const control = ctrlKey || metaKey
  const step = STEPS[key]
  if (step && !control) {
    selection.move(step[0], step[1], shiftKey)
    return true
  }
  if (key === ' ' || key === 'Enter') return press(cell) ?? true
  if (key !== 'Home' && key !== 'End') return false
  const row = control ? (key === 'Home' ? cells[0] : cells.at(-1)) : cells[cell.row]
  selection.go(key === 'Home' ? row[0] : row.at(-1), { extend: shiftKey })
  return true
}

table.addEventListener('focusin', (event) => {
  const cell = byTd.get(event.target.closest('td'))
  if (!cell) return
  if (cell !== selection.focus) selection.go(cell, { focus: false })
  if (cell.isShut) explain(cell)
  else say('')
})

form.addEventListener('keydown', (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return
  const key = event.key.toLowerCase()
  if (key === 's') form.requestSubmit()
  else if (key === 'z') event.shiftKey ? history.redo(put) : history.undo(put)
  else if (key === 'y') history.redo(put)
  else return
  event.preventDefault()
})

tools.undo.addEventListener('click', () => history.undo(put))
tools.redo.addEventListener('click', () => history.redo(put))
tools.keys.addEventListener('click', () => {
  const list = document.getElementById('matrix-keys')
  list.hidden = !list.hidden
  tools.keys.setAttribute('aria-expanded', String(!list.hidden))
})

form.addEventListener('submit', () => {
  sending = true
})
window.addEventListener('beforeunload', (event) => {
  if (!sending && all.some(({ isChanged }) => isChanged)) event.preventDefault()
})
// Back from another page, the browser shows this one as it was left.
window.addEventListener('pageshow', () => {
  sending = false
})
