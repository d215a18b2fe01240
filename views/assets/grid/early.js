/**
 * Until a scoring page's main script is there, Enter goes to the next row instead of sending the form: the
 * page would be replaced under what is typed meanwhile. If that script does not come, Enter sends it.
 */
;(() => {
  // A browser without modules never gets the main script.
  let coming = 'noModule' in HTMLScriptElement.prototype
  window.addEventListener(
    'error',
    () => {
      coming = false
    },
    true,
  )
  document.addEventListener('keydown', (event) => {
    const { target, key, shiftKey, isComposing } = event
    const form = target.closest?.('form[data-cells]')
    if (!coming || !form || form.classList.contains('grid-live')) return
    if (key !== 'Enter' || isComposing || !target.matches('input[name*="/"]')) return
    event.preventDefault()
    const part = target.name.slice(0, target.name.indexOf('/') + 1)
    const same = [...form.querySelectorAll(`input[name^="${part}"]`)]
    const next = same[same.indexOf(target) + (shiftKey ? -1 : 1)]
    next?.focus()
    next?.select()
  })
})()
