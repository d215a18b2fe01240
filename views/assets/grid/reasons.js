/** Asks for the reason of a mark below full, at the cell, and offers the indicator's own phrases. */

import { element, messagePlace } from './show.js'

export class Reasons {
  #box

  /** @param change takes a cell and new texts, as if they had been typed */
  constructor(show, change) {
    Object.assign(this, { show, change })
  }

  /** Asks at this cell if it lacks a reason, and no longer at another one. */
  ask(cell) {
    const lacking = cell.inputs.has('reason') && this.show.lacksReason(cell)
    if (lacking && this.#box?.parentElement === messagePlace(cell.row)) return
    this.#box?.remove()
    this.#box = undefined
    if (!lacking) return
    const phrases = JSON.parse(cell.row.closest('[data-phrases]')?.dataset.phrases || '[]')
    const offers = phrases.map((phrase) =>
      element(
        'button',
        { type: 'button', class: 'link', onclick: () => this.#take(cell, phrase) },
        phrase,
      ),
    )
    const words = offers.length > 0 ? '低于满分，请写明理由，可选：' : '低于满分，请写明理由。'
    this.#box = element('p', { class: 'grid-phrases' }, words, ...offers)
    messagePlace(cell.row).append(this.#box)
  }

  #take(cell, phrase) {
    const [reason] = cell.inputs.get('reason')
    reason.focus()
    this.change(cell, { reason: phrase })
  }
}
