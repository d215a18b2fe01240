/**
 * What was typed and is not known to be stored, kept in the browser until it is: by account and page, so
 * that it comes back to the same person and to nobody else. Each window keeps its own.
 */

const OUTBOX = 'hengjian/cells/'
const WINDOW = crypto.getRandomValues(new Uint32Array(2)).join('')

export class Outbox {
  /**
   * @param place the account and the page, as a list of texts
   * @param title what the page is called elsewhere
   */
  constructor(place, title) {
    this.prefix = `${OUTBOX}${place.map(encodeURIComponent).join('/')}/`
    this.title = title
  }

  keep(key, entry) {
    try {
      const text = JSON.stringify({ ...entry, page: this.title, at: Date.now() })
      localStorage.setItem(`${this.prefix}${WINDOW}/${key}`, text)
      return true
    } catch {
      // No room, or storage is switched off: the page itself still holds it, and warns before it closes.
      return false
    }
  }

  remove(key) {
    try {
      localStorage.removeItem(`${this.prefix}${WINDOW}/${key}`)
    } catch {
      // As above.
    }
  }

  /** Takes over what windows left behind, the newest of each cell. @returns entries by cell key */
  takeOver() {
    const found = new Map()
    for (const name of storedNames(this.prefix)) {
      const key = name.slice(name.indexOf('/', this.prefix.length) + 1)
      const entry = parsed(localStorage.getItem(name))
      if (entry && !(found.get(key)?.at > entry.at)) found.set(key, entry)
      // First under this window's name, so that nothing is gone for a moment.
      if (entry && this.keep(key, found.get(key)) && !name.includes(`/${WINDOW}/`)) {
        localStorage.removeItem(name)
      }
    }
    return found
  }
}

/** The pages of an account of which this browser keeps something, each with how much. */
export function keptPages(account) {
  const pages = new Map()
  const prefix = `${OUTBOX}${encodeURIComponent(account)}/`
  for (const name of storedNames(prefix)) {
    const entry = parsed(localStorage.getItem(name))
    const [url, about, code, , ...key] = name.slice(prefix.length).split('/')
    if (!entry || code === undefined) continue
    const place = [url, about, code].map(decodeURIComponent)
    const page = pages.get(place.join('\n')) ?? { place, title: null, keys: new Set() }
    page.title ??= entry.page ?? null
    // Two windows may hold the same cell.
    page.keys.add(key.join('/'))
    pages.set(place.join('\n'), page)
  }
  return [...pages.values()].map(({ place: [url, about, code], title, keys }) => {
    const folder = url.replace(/cells$/, about === 'indicator' ? 'indicators' : 'units')
    return { href: `${folder}/${encodeURIComponent(code)}`, title: title ?? code, size: keys.size }
  })
}

function storedNames(prefix) {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix))
  } catch {
    return []
  }
}

function parsed(text) {
  try {
    const entry = JSON.parse(text)
    return entry && typeof entry.texts === 'object' && typeof entry.seen === 'string' ? entry : null
  } catch {
    return null
  }
}
