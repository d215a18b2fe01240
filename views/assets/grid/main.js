/** Makes a scoring form save by itself, cell by cell. Without this script the form is sent as a whole. */

import { writeColumn } from './block.js'
import { rowsOf, sameTexts } from './cells.js'
import { History } from './history.js'
import { isText, listenForKeys } from './keys.js'
import { Outbox } from './outbox.js'
import { listenForPaste } from './paste.js'
import { Reasons } from './reasons.js'
import { Saving } from './saving.js'
import { element, Show } from './show.js'

const DRAFT_AFTER_MS = 300
const LEAVE_AFTER_MS = 3000

const form = document.querySelector('form[data-cells]')
if (form) start(form)

function start(form) {
  const { cells: url, about, code } = form.dataset
  const rows = rowsOf(form)
  const cells = rows.flatMap(({ cell }) => cell ?? [])
  const byRow = new Map(cells.map((cell) => [cell.row, cell]))
  const cellOf = (target) => {
    const cell = byRow.get(target.closest?.('tr'))
    return cell?.partOf(target) === undefined ? undefined : cell
  }
  const show = new Show(form, rows)
  const outbox = new Outbox([form.elements._for.value, url, about, code])
  const saving = new Saving(form, outbox, show)
  const history = new History()
  const reasons = new Reasons(show, (cell, texts) => change([{ cell, texts }]))
  let column = 0
  let drafting = 0

  form.classList.add('grid-live')
  show.tools.hidden = false
  show.reasons()
  restore()
  show.sum(saving.unsaved)
  saving.flush()

  /** Notes what a person left in a cell, and saves it. */
  function commit(cell, { step } = {}) {
    const after = cell.texts()
    const before = cell.committed
    if (sameTexts(before, after)) {
      if (sameTexts(after, cell.storedTexts()) && saving.unsaved.get(cell.key)?.ready === false) {
        leaveAsStored(cell)
      }
      return
    }
    cell.committed = after
    if (step) step.push({ cell, before, after })
    else history.add([{ cell, before, after }])
    saving.put(cell)
  }

  /** Sets cells to texts, as one step. */
  function change(changes, { undoable = true } = {}) {
    const step = []
    for (const { cell, texts } of changes) {
      cell.setTexts(texts)
      commit(cell, { step })
    }
    if (undoable) history.add(step)
    if (changes.length === 1) reasons.ask(changes[0].cell)
    show.sum()
  }

  function leaveAsStored(cell) {
    if (!saving.drop(cell)) return
    show.cell({ cell }, 'unchanged')
    show.sum()
  }

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
    if (!cell || !isText(target)) return
    clearTimeout(drafting)
    drafting = setTimeout(() => keepDraft(cell), DRAFT_AFTER_MS)
  })

  function keepDraft(cell) {
    if (sameTexts(cell.texts(), cell.committed)) return
    saving.put(cell, { draft: true })
    show.sum()
  }

  form.addEventListener('change', ({ target }) => {
    if (target.name.startsWith('choice/')) return choose(target)
    const cell = cellOf(target)
    if (!cell) return
    clearTimeout(drafting)
    commit(cell)
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
    if (!cell) return
    column = cell.placeOf(target)
    // So that typing replaces; a click then puts the caret where it points.
    if (isText(target)) target.select()
    if (cell.partOf(target) === 'reason') reasons.ask(cell)
  })

  listenForKeys(form, rows, cellOf, {
    undo: () => history.undo((changes) => change(changes, { undoable: false })),
    redo: () => history.redo((changes) => change(changes, { undoable: false })),
    restore(cell) {
      clearTimeout(drafting)
      cell.setTexts(cell.storedTexts())
      if (!saving.unsaved.has(cell.key)) return true
      if (saving.unsaved.get(cell.key).attempt) commit(cell)
      else leaveAsStored(cell)
      cell.committed = cell.texts()
      return true
    },
  })

  listenForPaste(form, rows, cellOf, {
    change,
    misfit(cell, unfit) {
      const texts = unfit.map(({ text }) => `「${text}」`).join('、')
      const message = `粘贴的${texts}在这里没有对应的格子或选项，没有填入。`
      show.cell({ cell }, 'faulty', { part: unfit[0].part, message })
    },
    async report({ pasted, misfits, left }) {
      const rest = left.length > 0 ? `；${left.join('、')}不能填，没有填入` : ''
      const all = new Set([...pasted, ...misfits]).size
      const told = (faulty) => `粘贴了 ${all} 项，${faulty} 项有误${rest}。`
      tell(`粘贴了 ${all} 项，正在保存。`)
      await saving.settled()
      const faulty = new Set([...misfits, ...pasted.filter(({ key }) => saving.unsaved.has(key))])
      tell(told(faulty.size))
    },
  })

  /** Shown and read aloud. */
  function tell(text) {
    show.say(text)
    show.tools.querySelector('.grid-told')?.remove()
    show.tools.querySelector('.grid-sum').append(element('span', { class: 'grid-told' }, text))
  }

  const tools = {
    undo: () => history.undo((changes) => change(changes, { undoable: false })),
    redo: () => history.redo((changes) => change(changes, { undoable: false })),
    full() {
      const empty = cells.filter((cell) => cell.full && cell.isEmpty())
      if (empty.length === 0) return tell('没有空白的格子，没有改动。')
      const question = `把 ${empty.length} 个空白格填为满分？已填的不动，可用「撤销」取消。`
      if (!window.confirm(question)) return
      change(empty.map((cell) => ({ cell, texts: cell.full })))
      tell(`${empty.length} 项填为满分。`)
    },
    async copy() {
      const texts = rows.map(({ cell }) =>
        cell ? (Object.values(cell.texts())[column] ?? '') : '',
      )
      await copyText(writeColumn(texts))
      tell(`已复制本列 ${texts.length} 行。`)
    },
    note(button) {
      const hidden = document.body.classList.toggle('grid-no-note')
      button.setAttribute('aria-pressed', String(!hidden))
    },
    keys(button) {
      const help = document.getElementById('grid-keys')
      help.hidden = !help.hidden
      button.setAttribute('aria-expanded', String(!help.hidden))
    },
  }
  show.tools.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-tool]')
    if (button) tools[button.dataset.tool](button)
  })
  if (!cells.some(({ full }) => full)) show.tools.querySelector('[data-tool="full"]').remove()

  let leaving = false
  form.addEventListener('submit', async (event) => {
    const { submitter } = event
    if (leaving || (saving.unsaved.size === 0 && submitter?.value === 'next')) return
    event.preventDefault()
    saving.flush()
    await saving.settled()
    if (saving.unsaved.size > 0) return tell(`${saving.unsaved.size} 项没有保存，请看各行的说明。`)
    if (submitter?.value === 'next') form.requestSubmit(submitter)
    else tell('已全部保存。')
  })

  // A link just after the last cell: it need not be asked about what is on its way.
  document.addEventListener('click', async (event) => {
    const link = event.target.closest?.('a[href]')
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey
    if (!link || !plain || link.target || link.hash || event.defaultPrevented) return
    if (saving.unsaved.size === 0) return
    event.preventDefault()
    const patience = new Promise((resolve) => setTimeout(resolve, LEAVE_AFTER_MS))
    await Promise.race([saving.settled(), patience])
    location.assign(link.href)
  })

  window.addEventListener('beforeunload', (event) => {
    for (const cell of cells) if (cell.row.contains(document.activeElement)) keepDraft(cell)
    if (saving.unsaved.size > 0) event.preventDefault()
  })
  window.addEventListener('pagehide', () => {
    leaving = true
  })
  window.addEventListener('online', () => saving.flush())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') saving.flush()
  })
}

/** Plain http has no clipboard of its own outside this machine. */
async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const area = element('textarea', { class: 'hidden' }, text)
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}
