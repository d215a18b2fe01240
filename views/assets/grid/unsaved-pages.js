/** On the overview and the desk: the pages of which this browser keeps something that the server does not have yet. */

import { keptPages } from './outbox.js'
import { element } from './show.js'

const place = document.querySelector('[data-unsaved-pages]')
const owner = document.querySelector('input[name="_for"]')
const pages = place && owner ? keptPages(owner.value) : []

if (pages.length > 0) {
  const items = pages.map(({ href, title, size }) =>
    element('li', {}, element('a', { href }, title), `（${size} 项）`),
  )
  place.querySelector('ul').replaceChildren(...items)
  place.hidden = false
}
