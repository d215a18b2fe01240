/** The cells of a scoring page: one row each, its inputs by part, and what the page showed of it. */

const HIDDEN_PARTS = ['seen', 'choice']
const PASS_WORDS = { yes: '达标', no: '不达标' }

/** Whether two cells' texts say the same, apart from surrounding space. */
export function sameTexts(one, other) {
  const parts = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...parts].every((part) => (one[part] ?? '').trim() === (other[part] ?? '').trim())
}

export class Cell {
  constructor(row, seenField) {
    this.row = row
    this.seenField = seenField
    this.key = seenField.name.slice('seen/'.length)
    /** by part, in the order of the page; several elements where one of them is chosen */
    this.inputs = new Map()
    for (const element of row.querySelectorAll('input, select')) {
      const part = element.name.slice(0, element.name.indexOf('/'))
      if (HIDDEN_PARTS.includes(part)) continue
      this.inputs.set(part, [...(this.inputs.get(part) ?? []), element])
    }
    this.full = row.dataset.full ? JSON.parse(row.dataset.full) : null
    this.readSeen()
    /** what was typed and left: the next step back leads here */
    this.committed = this.storedTexts()
  }

  /** What is known to be stored, as the server said it last. */
  readSeen() {
    const { name, version, texts } = JSON.parse(this.seenField.value)
    Object.assign(this, { name, version, stored: texts })
  }

  setSeen(seen) {
    this.seenField.value = seen
    this.readSeen()
  }

  texts() {
    return Object.fromEntries([...this.inputs].map(([part, inputs]) => [part, textOf(inputs)]))
  }

  /** Parts that are not named stay as they are. */
  setTexts(texts) {
    for (const [part, inputs] of this.inputs) {
      if (texts[part] !== undefined && texts[part] !== textOf(inputs)) setText(inputs, texts[part])
    }
  }

  /** The stored texts of the parts that this page has. */
  storedTexts() {
    return Object.fromEntries(
      [...this.inputs.keys()].map((part) => [part, this.stored[part] ?? '']),
    )
  }

  /** What each part shows, in the order of the page: words, not what a form sends for them. */
  shownTexts() {
    return [...this.inputs.values()].map((inputs) => {
      const text = textOf(inputs)
      return inputs[0].type === 'radio' ? (PASS_WORDS[text] ?? text) : text
    })
  }

  partOf(element) {
    return [...this.inputs].find(([, inputs]) => inputs.includes(element))?.[0]
  }

  /** The element to go to for the part at a place of the row; the last one where there are fewer. */
  elementAt(place) {
    const all = [...this.inputs.values()]
    const inputs = all[Math.min(place, all.length - 1)]
    return inputs.find(({ checked }) => checked) ?? inputs[0]
  }

  placeOf(element) {
    return [...this.inputs.keys()].indexOf(this.partOf(element))
  }

  isEmpty() {
    const main = Object.entries(this.texts()).filter(
      ([part]) => !['reason', 'source'].includes(part),
    )
    return main.every(([, text]) => text.trim() === '')
  }
}

function textOf(inputs) {
  const [first] = inputs
  if (first.type !== 'radio') return first.value
  return inputs.find(({ checked }) => checked)?.value ?? ''
}

function setText(inputs, text) {
  const [first] = inputs
  if (first.type !== 'radio') first.value = text
  else for (const input of inputs) input.checked = input.value === text
}

/** Every row of the page's tables, with its cell; undefined where nothing can be typed (回避, 不适用). */
export function rowsOf(form) {
  return [...form.querySelectorAll('tbody tr')].map((row) => {
    const seen = row.querySelector('input[name^="seen/"]')
    return { row, cell: seen ? new Cell(row, seen) : undefined }
  })
}
