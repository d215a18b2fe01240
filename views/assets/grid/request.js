/** Asking the server to save cells, and what can come of it. */

const PATIENCE_MS = 20_000

/**
 * @returns one of `answered` with each cell's answer; `expired`, `outdated`, `others` (the session or its
 *   token is another); `refused` (asking again would not help); `later`
 */
export async function sendCells(url, fields) {
  let response
  try {
    response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const answer = await response.json()
    if (response.ok) return { kind: 'answered', ...answer }
    return { kind: kindOf(response.status, answer.error.code), message: answer.error.message }
  } catch {
    // No network, no server, or a page in between that is not ours.
    return { kind: 'later', message: '' }
  }
}

function kindOf(status, code) {
  if (code === 'FORM_OUTDATED') return 'outdated'
  if (code === 'FORM_OTHERS') return 'others'
  if (status === 401) return 'expired'
  return status === 429 || status >= 500 ? 'later' : 'refused'
}

/**
 * Gives the form the tokens of the session that there is now, after signing in again.
 *
 * @returns `renewed`, `expired` (nobody has signed in), `others` (somebody else has), `later`
 */
export async function renewTokens(form) {
  try {
    const response = await fetch(location.pathname + location.search, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    if (!response.ok) return response.status >= 500 ? 'later' : 'others'
    const page = await pageOf(response)
    if (!isSignedIn(page)) return 'expired'
    const fresh = page.querySelector(SIGN_OUT)
    if (fresh.elements._for.value !== form.elements._for.value) return 'others'
    for (const token of document.querySelectorAll('input[name="_csrf"]')) {
      token.value = fresh.elements._csrf.value
    }
    return 'renewed'
  } catch {
    return 'later'
  }
}

const SIGN_OUT = 'form[action="/logout"]'

/** A page as it came, not shown. */
export async function pageOf(response) {
  return new DOMParser().parseFromString(await response.text(), 'text/html')
}

/** Whether a page was made for somebody who is signed in: only then can he sign out on it. */
export function isSignedIn(page) {
  return page.querySelector(SIGN_OUT) !== null
}

/** @returns the page of an address; undefined without a network or a server */
export async function fetchPage(address) {
  try {
    return await pageOf(await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) }))
  } catch {
    return undefined
  }
}

/**
 * Sends a form of a page as the browser would.
 *
 * @returns the page that answers it and whether it was accepted; undefined if there was no answer
 */
export async function sendForm(form, submitter) {
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form, submitter)),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const page = await pageOf(response)
    const accepted = response.ok && response.redirected && isSignedIn(page)
    return { page, accepted, address: response.url }
  } catch {
    return undefined
  }
}
