/** Records a fact in the ledger without leaving the page; without this script the link leads to the form. */

import { EventDialog } from './event-dialog.js'
import { fetchPage } from './request.js'

// Before whoever else waits for a link to be followed.
document.addEventListener(
  'click',
  (event) => {
    const link = event.target.closest?.('a[data-event]')
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey
    if (!link || !plain) return
    event.preventDefault()
    record(link)
  },
  true,
)

async function record(link) {
  const form = (await fetchPage(link.href))?.querySelector('#event-body')
  // Signed out, or closed meanwhile: the page itself says so.
  if (!form) return location.assign(link.href)
  const recorded = await new EventDialog(link.dataset.event, form).closed
  link.focus()
  if (recorded > 0) await showRecorded(link, recorded)
}

/** Shows in the row what is recorded now. */
async function showRecorded(link, recorded) {
  const row = link.closest('tr')
  const now = (await fetchPage(location.href))?.getElementById(row.id)
  const facts = now?.querySelector('.facts-recorded')
  const there = facts ? `，现有 ${facts.firstElementChild.textContent}` : '，刷新页面后可以看到'
  if (facts) row.querySelector('.facts-recorded').replaceChildren(...facts.childNodes)
  document.querySelector('[data-events-told]').textContent =
    `${link.dataset.event}：已记 ${recorded} 条${there}。`
}
