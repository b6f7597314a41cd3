/**
 * One letter presses the button of a row that has it as `data-key`, while the focus is somewhere in
 * that row: a line of a table, or what says `data-keys`. What is no button or link is gone to
 * instead, to be filled in. Elsewhere letters do nothing, and nothing
 * is taken from fields that are typed in. Source: WCAG 2.2, 2.1.4 (character key shortcuts).
 */
export function pressByRowKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
    const at = event.target
    if (!(at instanceof Element) || event.key.length !== 1) return
    if (at.matches('input:not([type="checkbox"]), select, textarea')) return
    const button = at
      .closest('[data-keys], tr')
      ?.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`)
    if (!(button instanceof HTMLElement)) return
    event.preventDefault()
    if (button.matches('a, button')) button.click()
    else button.focus()
  })
}
