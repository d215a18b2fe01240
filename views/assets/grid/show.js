/** What the person sees and hears of saving: at each cell, for the whole page, and where it cannot go on. */

import { readNumber } from './typed-number.js'

const STATES = {
  unchanged: null,
  draft: ['…', '正在填'],
  saving: ['↻', '保存中'],
  saved: ['✓', '已保存'],
  waiting: ['!', '未保存（将重试）'],
  conflict: ['≠', '已在别处更改'],
  faulty: ['×', '有误'],
  refused: ['×', '未保存'],
}

const TROUBLES = {
  later: '连不上服务器，填写的内容已留在本机，正在重试。',
  expired: '登录已过期，填写的内容已留在本机，重新登录后继续保存。',
  outdated: '浏览器没有保留登录状态，填写的内容已留在本机，请刷新本页后继续。',
  others: '现在登录的是另一个账号，没有保存。填写的内容已留在本机，请用原来的账号登录后继续。',
}

/** An element with attributes and children; `on…` names a listener. */
export function element(name, attributes, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value)
    else made.setAttribute(key, value)
  }
  made.append(...children)
  return made
}

export class Show {
  /** @param rows every row of the page with its cell */
  constructor(form, rows) {
    this.form = form
    this.rows = rows
    this.tools = form.querySelector('.grid-tools')
    this.banner = form.querySelector('.grid-banner')
    this.meter = document.querySelector('.page-head .progress')
  }

  cell({ cell }, state, answer) {
    const words = STATES[state]
    const parts = words ? [saveState(state, words)] : []
    if (this.lacksReason(cell)) parts.push(reasonFlag())
    cell.row.querySelector('.grid-state').replaceChildren(...parts)
    this.#message(cell, state, answer)
    if (state === 'faulty' || state === 'refused') this.say(`${cell.name}：${answer.message}`)
    if (state === 'conflict') this.say(`${cell.name}：${answer.conflict.text}`)
  }

  /** A mark below full without its reason, which the unit will ask for. */
  lacksReason(cell) {
    const { full, stored } = cell
    if (!full) return false
    const now = { ...stored, ...cell.texts() }
    if (!now.mark || (now.reason ?? '').trim() !== '') return false
    return Object.entries(full).some(([part, text]) =>
      Number.isNaN(Number(text)) ? now[part] !== text : readNumber(now[part] ?? '') < Number(text),
    )
  }

  /** Marks rows that lacked a reason when the page was opened. */
  reasons() {
    for (const { cell } of this.rows) {
      if (!cell || !this.lacksReason(cell)) continue
      cell.row.querySelector('.grid-state').replaceChildren(reasonFlag())
    }
  }

  /** How much is left to fill in, and how much of it is not with the server yet. */
  sum(unsaved = this.unsaved ?? new Map()) {
    this.unsaved = unsaved
    const counted = this.rows.filter(({ row }) => row.dataset.counts)
    const all = new Set(counted.map(({ row }) => row.dataset.counts))
    const open = counted.filter(({ cell }) => cell?.version === null)
    const left = new Set(open.map(({ row }) => row.dataset.counts)).size
    this.#put('left', left === 0 ? '已全部填完' : `还剩 ${left} 项`)
    const { size } = unsaved
    this.#put('state', size === 0 ? '已全部保存' : `${size} 项还没有保存`)
    this.tools.classList.toggle('grid-busy', size > 0)
    if (!this.meter || all.size === 0) return
    this.meter.querySelector('meter').value = all.size - left
    this.meter.querySelector('.number').textContent = `${all.size - left} / ${all.size}`
  }

  /** Why nothing can be saved for now; null once it can. */
  trouble(kind, message) {
    const text = TROUBLES[kind] ?? message
    if (!kind) return this.banner.replaceChildren()
    const next = encodeURIComponent(location.pathname + location.search)
    const link = element(
      'a',
      { href: `/login?next=${next}`, target: '_blank' },
      '重新登录（新窗口）',
    )
    const parts = kind === 'expired' || kind === 'others' ? [text, ' ', link] : [text]
    // The same words again would be read aloud again.
    if (this.banner.textContent === parts.map((each) => each.textContent ?? each).join('')) return
    this.banner.replaceChildren(element('p', {}, ...parts))
  }

  /** Read aloud. */
  say(text) {
    this.tools.querySelector('[role="status"]').textContent = text
  }

  /** Read aloud, and shown beside the counts. */
  tell(text) {
    this.say(text)
    this.tools.querySelector('.grid-told')?.remove()
    this.tools.querySelector('.grid-sum').append(element('span', { class: 'grid-told' }, text))
  }

  #put(name, text) {
    const place = this.tools.querySelector(`[data-sum="${name}"]`)
    if (place.textContent !== text) place.textContent = text
  }

  #message({ row, inputs, key }, state, answer) {
    const id = `${row.id}-error`
    document.getElementById(id)?.remove()
    const elements = [...inputs.values()].flat()
    for (const input of elements) {
      input.removeAttribute('aria-invalid')
      input.removeAttribute('aria-describedby')
    }
    if (!answer) return
    const faulty = inputs.get(answer.part) ?? elements.slice(0, 1)
    for (const input of faulty) {
      input.setAttribute('aria-invalid', 'true')
      input.setAttribute('aria-describedby', id)
    }
    const made =
      state === 'conflict' ? conflict(id, key, answer.conflict) : fault(id, answer.message)
    messagePlace(row).append(made)
  }
}

/** Where a row has room for a sentence. */
export function messagePlace(row) {
  return (row.querySelector('.grid-remark') ?? row.querySelector('input[name^="seen/"]')).closest(
    'td',
  )
}

function saveState(state, [icon, words]) {
  const sign = element('span', { class: 'save-icon', 'aria-hidden': 'true' }, icon)
  return element('span', { class: `save save-${state}` }, sign, words)
}

function reasonFlag() {
  return element('span', { class: 'save save-waiting' }, '理由未写')
}

function fault(id, message) {
  const label = element('span', { class: 'label' }, '有误：')
  return element('p', { class: 'field-error', id }, label, message)
}

/** The same choice as the page offers without scripts. */
function conflict(id, key, { legend, text, mine, theirs }) {
  const choices = [mine, theirs].map(({ value, label }) => {
    const name = `choice/${key}`
    return element('button', { type: 'button', class: 'button button-quiet', name, value }, label)
  })
  return element(
    'fieldset',
    { class: 'grid-conflict', id },
    element('legend', {}, legend),
    element('p', {}, text),
    element('p', { class: 'actions' }, ...choices),
  )
}
