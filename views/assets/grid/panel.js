/**
 * The rules and what the unit says of itself, beside the table: follows the focused cell. Whether it is
 * shown is remembered in this browser.
 */

import { element } from './show.js'

const MEMORY = 'hengjian/grid-panel'
const NARROW = '(max-width: 48rem)'
const NOTHING = '这一项没有自评和佐证材料，或者单位还没有提交。'

export class Panel {
  #row

  constructor(form, button) {
    this.button = button
    this.details = form.querySelector('.grid-panel')
    this.now = this.details.querySelector('.grid-panel-now')
    this.place = this.details.querySelector('.grid-panel-row')
    // Where it would cover half of the window it opens only when asked for.
    this.#show(remembered() ?? !window.matchMedia(NARROW).matches)
    this.details.querySelector('summary').addEventListener('click', (event) => {
      event.preventDefault()
      this.toggle()
    })
  }

  toggle() {
    this.#keep(!this.details.open)
  }

  /** Shows what belongs to a cell's row. */
  follow({ row }) {
    if (this.#row === row) return
    this.#row = row
    const name = row.querySelector('th a').textContent
    const source = row.querySelector('.row-said .self-said') ?? row.querySelector('.grid-rule')
    const said = source
      ? [...(source.matches('.grid-rule') ? source.childNodes : [source])]
      : [element('p', { class: 'hint' }, NOTHING)]
    this.now.textContent = name
    this.place.replaceChildren(element('h2', {}, name), ...said.map((node) => node.cloneNode(true)))
  }

  #keep(open) {
    this.#show(open)
    try {
      localStorage.setItem(MEMORY, open ? 'shown' : 'hidden')
    } catch {
      // Storage is switched off: it stays so on this page.
    }
  }

  #show(open) {
    if (this.details.open !== open) this.details.open = open
    document.body.classList.toggle('grid-no-note', !open)
    this.button.setAttribute('aria-pressed', String(open))
  }
}

/** @returns undefined if nothing was chosen yet */
function remembered() {
  try {
    const kept = localStorage.getItem(MEMORY)
    return kept === null ? undefined : kept === 'shown'
  } catch {
    return undefined
  }
}
