/** Leaving a page on which something is not saved yet: by its buttons, by a link, or by closing it. */

const LEAVE_AFTER_MS = 3000

export function guardLeaving(form, saving, edits, tell) {
  let leaving = false

  form.addEventListener('submit', async (event) => {
    const { submitter } = event
    if (leaving || (saving.unsaved.size === 0 && submitter?.value === 'next')) return
    event.preventDefault()
    saving.flush()
    await saving.settled()
    if (saving.unsaved.size > 0) return tell(`${saving.unsaved.size} 项没有保存，请看各行的说明。`)
    if (submitter?.value === 'next') form.requestSubmit(submitter)
    else tell('已全部保存。')
  })

  // A link just after the last cell: it need not be asked about what is on its way.
  document.addEventListener('click', async (event) => {
    const link = event.target.closest?.('a[href]')
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey
    if (!link || !plain || link.target || link.hash || event.defaultPrevented) return
    if (saving.unsaved.size === 0) return
    event.preventDefault()
    const patience = new Promise((resolve) => setTimeout(resolve, LEAVE_AFTER_MS))
    await Promise.race([saving.settled(), patience])
    location.assign(link.href)
  })

  window.addEventListener('beforeunload', (event) => {
    for (const cell of edits.cells) {
      if (cell.row.contains(document.activeElement)) edits.keepDraft(cell)
    }
    if (saving.unsaved.size > 0) event.preventDefault()
  })
  window.addEventListener('pagehide', () => {
    leaving = true
  })
}
