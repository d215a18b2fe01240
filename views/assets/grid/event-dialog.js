/** The ledger's own form in a dialog: faults at its fields, and nothing typed is lost. */

import { fetchPage, renewTokens, sendForm } from './request.js'
import { element } from './show.js'

const NO_ANSWER =
  '没有收到服务器的回答，这一条可能已经记下。填写的内容还在：请先到台账里看一看，没有再保存。'
const TROUBLES = {
  expired: '登录已过期，填写的内容还在。请在新窗口重新登录，再回到这里保存。',
  others: '现在登录的是另一个账号。填写的内容还在，请用原来的账号登录后再保存。',
  later: '连不上服务器，填写的内容还在，请稍后再保存。',
  renewed: '没有保存，填写的内容还在。请刷新页面后再记。',
}

const SIGN_IN = { href: '/login', text: '重新登录（新窗口）' }

export class EventDialog {
  #recorded = 0
  #blank = ''
  #busy = false

  /** @param body the part of the ledger's page that is about the fact */
  constructor(title, body) {
    this.status = element('p', { class: 'event-status', role: 'status' })
    this.place = element('div', {})
    const heading = element('h2', { id: 'event-title' }, `记一条台账：${title}`)
    const close = element('button', { type: 'button', class: 'link' }, '关闭')
    close.addEventListener('click', () => this.#leave())
    const head = element('div', { class: 'event-head' }, heading, close)
    const attributes = { class: 'event-dialog', 'aria-labelledby': 'event-title' }
    this.dialog = element('dialog', attributes, head, this.status, this.place)
    document.body.append(this.dialog)
    /** resolves with how many facts were recorded */
    this.closed = new Promise((resolve) => {
      this.dialog.addEventListener('close', () => {
        window.removeEventListener('beforeunload', warn)
        this.dialog.remove()
        resolve(this.#recorded)
      })
    })
    const warn = (event) => this.#isTyped() && event.preventDefault()
    window.addEventListener('beforeunload', warn)
    this.dialog.addEventListener('cancel', (event) => {
      if (!this.#mayClose()) event.preventDefault()
    })
    this.dialog.addEventListener('submit', (event) => {
      event.preventDefault()
      this.#send(event.target, event.submitter)
    })
    this.dialog.addEventListener('click', (event) => this.#follow(event))
    this.#show(body)
    this.dialog.showModal()
    this.#blank = this.#typed()
    this.#focus()
  }

  #show(body) {
    // The place is settled here, and the page behind may have fields of these names.
    body.querySelector('form[role="search"]')?.remove()
    this.place.replaceChildren(document.adoptNode(body))
  }

  /** What is wrong first, or the first field, or the choice that leads to the fields. */
  #focus() {
    const first = ['[aria-invalid]', 'form :is(input:not([type="hidden"]), select)', 'a']
    first
      .map((each) => this.place.querySelector(each))
      .find(Boolean)
      ?.focus()
  }

  #typed() {
    const form = this.place.querySelector('form')
    return form ? new URLSearchParams(new FormData(form)).toString() : ''
  }

  #isTyped() {
    return this.dialog.open && this.#typed() !== this.#blank
  }

  #mayClose() {
    return !this.#isTyped() || window.confirm('这一条还没有保存，放弃填写的内容吗？')
  }

  #leave() {
    if (this.#mayClose()) this.dialog.close()
  }

  /** A rule is chosen here; leaving the form closes it. */
  async #follow(event) {
    const link = event.target.closest('a[href]')
    const faultOrOther = link?.getAttribute('href').startsWith('#') || link?.target
    if (!link || faultOrOther || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    if (!link.closest('.rule-list')) {
      return this.#leave()
    }
    const body = (await fetchPage(link.href))?.querySelector('#event-body')
    if (!body) return this.#say(TROUBLES.later)
    const before = this.place.querySelector('form')
    const typed = before ? [...new FormData(before)] : []
    this.#show(body)
    this.#blank = this.#typed()
    refill(this.place.querySelector('form'), typed)
    this.#say('')
    this.#focus()
  }

  async #send(form, submitter) {
    if (this.#busy) return
    this.#busy = true
    this.#say('正在保存…')
    await this.#settle(form, submitter, await sendForm(form, submitter))
    this.#busy = false
  }

  async #settle(form, submitter, answer, { again = true } = {}) {
    if (!answer) return this.#say(NO_ANSWER, { href: form.action, text: '打开台账（新窗口）' })
    const body = answer.page.querySelector('#event-body')
    if (answer.accepted) {
      this.#recorded += 1
      this.#blank = this.#typed()
      if (!body) return this.dialog.close()
      this.#show(body)
      this.#blank = this.#typed()
      this.#say(answer.page.querySelector('main > .notice')?.textContent ?? '已记一条台账。')
      return this.#focus()
    }
    if (body) {
      const blank = this.#blank
      this.#show(body)
      this.#blank = blank
      this.#say('')
      return this.#focus()
    }
    // The session is another one: with its token the form may go through.
    const outcome = await renewTokens(form)
    if (outcome === 'renewed' && again) {
      return this.#settle(form, submitter, await sendForm(form, submitter), { again: false })
    }
    const signedOut = outcome === 'expired' || outcome === 'others'
    this.#say(TROUBLES[outcome], signedOut ? SIGN_IN : undefined)
  }

  /** @param link what leads on, in another window: this one keeps what is typed */
  #say(text, link) {
    const more = link ? [' ', element('a', { href: link.href, target: '_blank' }, link.text)] : []
    this.status.replaceChildren(text, ...more)
  }
}

/** Puts what was typed into the fields of the same names. */
function refill(form, typed) {
  for (const [name, value] of form ? typed : []) {
    for (const field of form.querySelectorAll(`[name="${name}"]:not([type="hidden"])`)) {
      if (field.type === 'checkbox') field.checked ||= field.value === value
      else if (field.tagName !== 'SELECT') field.value = value
      else if ([...field.options].some((option) => option.value === value)) field.value = value
    }
  }
}
