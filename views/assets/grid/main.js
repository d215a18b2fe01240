/** Makes a scoring form save by itself, cell by cell. Without this script the form is sent as a whole. */

import { listenForBlocks } from './block-edits.js'
import { rowsOf } from './cells.js'
import { Edits } from './edits.js'
import { isText, listenForKeys } from './keys.js'
import { guardLeaving } from './leaving.js'
import { Outbox } from './outbox.js'
import { Panel } from './panel.js'
import { listenForPaste } from './paste.js'
import { Reasons } from './reasons.js'
import { Saving } from './saving.js'
import { Selection } from './selection.js'
import { Show } from './show.js'
import { listenForTools } from './tools.js'

const form = document.querySelector('form[data-cells]')
if (form) start(form)

function start(form) {
  const { cells: url, about, code } = form.dataset
  const rows = rowsOf(form)
  const cells = rows.flatMap(({ cell }) => cell ?? [])
  const byRow = new Map(cells.map((cell) => [cell.row, cell]))
  const cellOf = (target) => {
    const cell = byRow.get(target?.closest?.('tr'))
    return cell?.partOf(target) === undefined ? undefined : cell
  }
  const title = document.querySelector('h1').firstChild.textContent
  const show = new Show(form, rows)
  const tell = (text) => show.tell(text)
  const outbox = new Outbox([form.elements._for.value, url, about, code], title)
  const saving = new Saving(form, outbox, show)
  const reasons = new Reasons(show, (cell, texts) => edits.change([{ cell, texts }]))
  const edits = new Edits(cells, saving, show, reasons)
  const panel = new Panel(form, show.tools.querySelector('[data-tool="note"]'))
  const change = (changes) => edits.change(changes)
  let column = 0

  form.classList.add('grid-live')
  show.tools.hidden = false
  show.reasons()
  restore()
  edits.adopt()
  show.sum(saving.unsaved)
  saving.flush()

  function restore() {
    const lost = []
    for (const [key, entry] of outbox.takeOver()) {
      const cell = cells.find((each) => each.key === key)
      if (cell) saving.restore(cell, entry)
      else lost.push(`${entry.name ?? key} ${Object.values(entry.texts).filter(Boolean).join(' ')}`)
    }
    if (lost.length > 0)
      show.trouble('refused', `这些内容没能保存，现在也不能填了：${lost.join('；')}`)
    else if (saving.unsaved.size > 0)
      show.say(`恢复了上次没有保存的 ${saving.unsaved.size} 项，正在保存。`)
  }

  form.addEventListener('input', ({ target }) => {
    const cell = cellOf(target)
    if (cell && isText(target)) edits.draftSoon(cell)
  })

  form.addEventListener('change', ({ target }) => {
    if (target.name.startsWith('choice/')) return choose(target)
    const cell = cellOf(target)
    if (!cell) return
    edits.commit(cell)
    reasons.ask(cell)
    show.sum()
  })

  function choose({ name, value }) {
    const key = name.slice('choice/'.length)
    const cell = cells.find((each) => each.key === key)
    if (!cell) return
    saving.put(cell, { choice: value })
    // The choice is gone now, and whoever made it by keyboard is still here.
    cell.elementAt(0).focus()
  }

  form.addEventListener('click', ({ target }) => {
    if (target.name?.startsWith('choice/') && target.type === 'button') choose(target)
  })

  form.addEventListener('focusin', ({ target }) => {
    const cell = cellOf(target)
    if (cell) enter(cell, target)
  })

  function enter(cell, target) {
    column = cell.placeOf(target)
    panel.follow(cell)
    // So that typing replaces; a click then puts the caret where it points.
    if (isText(target)) target.select()
    if (cell.partOf(target) === 'reason') reasons.ask(cell)
  }

  // First of those that listen for keys: what it takes is no step to another cell.
  const selection = new Selection(form, rows, cellOf, (text) => show.say(text))
  const fill = listenForPaste(form, rows, cellOf, selection, {
    change,
    misfit(cell, unfit) {
      const texts = unfit.map(({ text }) => `「${text}」`).join('、')
      const message = `粘贴的${texts}在这里没有对应的格子或选项，没有填入。`
      show.cell({ cell }, 'faulty', { part: unfit[0].part, message })
    },
    async report(verb, { pasted, misfits, left }) {
      const rest = left.length > 0 ? `；${left.join('、')}不能填，没有填入` : ''
      const all = new Set([...pasted, ...misfits]).size
      tell(`${verb}了 ${all} 项，正在保存。`)
      await saving.settled()
      const faulty = new Set([...misfits, ...pasted.filter(({ key }) => saving.unsaved.has(key))])
      tell(`${verb}了 ${all} 项，${faulty.size} 项有误${rest}。`)
    },
  })
  listenForBlocks(form, selection, cellOf, { change, fill, tell })
  listenForKeys(form, rows, cellOf, {
    undo: () => edits.undo(),
    redo: () => edits.redo(),
    restore(cell) {
      edits.restore(cell)
      return true
    },
  })
  listenForTools(show, rows, edits, panel, { columnOf: () => column, tell })
  guardLeaving(form, saving, edits, tell)

  const active = cellOf(document.activeElement)
  if (active) panel.follow(active)
  window.addEventListener('online', () => saving.flush())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') saving.flush()
  })
}
