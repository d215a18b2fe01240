/** Saves cells as they are left, a few in one request, and goes on trying until the server has them. */

import { sameTexts } from './cells.js'
import { renewTokens, sendCells } from './request.js'

const MOST_AT_ONCE = 50
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 15_000

export class Saving {
  /** by key, every cell that holds something not known to be stored */
  unsaved = new Map()
  #busy = false
  #timer = 0
  #wait = FIRST_WAIT_MS
  #needsTokens = false
  #outdated = 0
  #idle = []

  /** @param show `(entry, state, answer)` for a cell, `trouble(kind, message)` for the page */
  constructor(form, outbox, show) {
    Object.assign(this, { form, outbox, show })
  }

  /**
   * Notes what a cell holds now.
   *
   * @param options.draft it is still being typed: kept, but not sent yet
   * @param options.choice what to do about a change elsewhere
   */
  put(cell, { draft = false, choice = null } = {}) {
    const entry = this.unsaved.get(cell.key) ?? { cell, attempt: null }
    Object.assign(entry, { texts: cell.texts(), ready: !draft, choice })
    this.unsaved.set(cell.key, entry)
    this.#keep(entry)
    this.show.cell(entry, draft ? 'draft' : 'waiting')
    if (!draft) this.flush()
  }

  /** Brings back what an earlier window could not save. */
  restore(cell, { texts, seen, attempt = null }) {
    cell.setTexts(texts)
    cell.setSeen(seen)
    cell.committed = cell.texts()
    const entry = { cell, attempt, texts: cell.texts(), ready: true, choice: null }
    this.unsaved.set(cell.key, entry)
    this.#keep(entry)
    this.show.cell(entry, 'waiting')
  }

  /** Forgets what was typed into a cell, unless it is on its way. @returns whether it could */
  drop(cell) {
    if (this.unsaved.get(cell.key)?.attempt) return false
    this.unsaved.delete(cell.key)
    this.outbox.remove(cell.key)
    return true
  }

  /** Resolves once nothing more is being sent or waits to be: what is left needs the person. */
  async settled() {
    if (!this.#busy && this.#batch().length === 0) return
    await new Promise((resolve) => this.#idle.push(resolve))
  }

  /** Sends what waits, now. */
  async flush() {
    if (this.#busy) return
    clearTimeout(this.#timer)
    this.#busy = true
    while (this.#batch().length > 0 && (await this.#sendBatch())) this.#wait = FIRST_WAIT_MS
    this.#busy = false
    if (this.#batch().length === 0) for (const resolve of this.#idle.splice(0)) resolve()
    else this.#tryLater()
    this.show.sum()
  }

  #batch() {
    return [...this.unsaved.values()].filter(({ ready }) => ready).slice(0, MOST_AT_ONCE)
  }

  #tryLater() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.flush(), this.#wait)
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS)
  }

  /** @returns whether the server answered, so that the next can be sent at once */
  async #sendBatch() {
    if (this.#needsTokens && !(await this.#renew())) return false
    const batch = this.#batch()
    for (const entry of batch) {
      // An answer may have been lost: the same goes first again, so that it is no conflict with itself.
      entry.attempt ??= { texts: entry.texts, choice: entry.choice }
      this.#keep(entry)
      this.show.cell(entry, 'saving')
    }
    this.show.sum()
    const answer = await sendCells(this.form.dataset.cells, this.#fields(batch))
    if (answer.kind === 'outdated') {
      this.#needsTokens = true
      this.#outdated += 1
      // Once is an old page; again means that the browser does not keep the session.
      return this.#outdated === 1 && (await this.#renew())
    }
    this.#outdated = 0
    if (answer.kind === 'answered' || answer.kind === 'refused') {
      this.show.trouble(answer.kind === 'refused' ? 'refused' : null, answer.message)
      for (const entry of batch) this.#settle(entry, answer)
      return true
    }
    this.#needsTokens = answer.kind !== 'later'
    this.#waitFor(answer.kind, answer.message)
    return false
  }

  async #renew() {
    const outcome = await renewTokens(this.form)
    this.#needsTokens = outcome !== 'renewed'
    if (this.#needsTokens) this.#waitFor(outcome)
    return !this.#needsTokens
  }

  #waitFor(kind, message) {
    for (const entry of this.#batch()) this.show.cell(entry, 'waiting')
    this.show.trouble(kind, message)
  }

  #settle(entry, { cells, faults = [], message = faults.join('') }) {
    const { cell, attempt } = entry
    const answer = cells?.[cell.key] ?? { state: 'refused', message }
    const changedSince = !sameTexts(entry.texts, attempt.texts)
    entry.attempt = null
    if (answer.state === 'saved') {
      const untouched = sameTexts(cell.texts(), attempt.texts)
      cell.setSeen(answer.seen)
      if (untouched) {
        // As the server reads it: «８．５» becomes 8.5.
        cell.setTexts(cell.storedTexts())
        cell.committed = cell.texts()
      }
      if (!changedSince) {
        this.unsaved.delete(cell.key)
        this.outbox.remove(cell.key)
        return this.show.cell(entry, 'saved')
      }
    } else if (!changedSince) {
      entry.ready = false
      this.#keep(entry)
      return this.show.cell(entry, answer.state, answer)
    }
    this.#keep(entry)
  }

  #keep({ cell, texts, attempt }) {
    this.outbox.keep(cell.key, { name: cell.name, texts, attempt, seen: cell.seenField.value })
  }

  #fields(batch) {
    const { elements, dataset } = this.form
    const tokens = [elements._csrf, elements._for].map(({ name, value }) => [name, value])
    const cells = batch.flatMap(({ cell, attempt }) => [
      ...Object.entries(attempt.texts).map(([part, text]) => [`${part}/${cell.key}`, text]),
      [cell.seenField.name, cell.seenField.value],
      ...(attempt.choice === null ? [] : [[`choice/${cell.key}`, attempt.choice]]),
    ])
    return [...tokens, [dataset.about, dataset.code], ...cells]
  }
}
