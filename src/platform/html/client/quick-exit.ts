/** Leaves by replacing this page, so that the back button does not lead to it again. */
export function leaveWithoutTrace(): void {
  document.addEventListener('click', (event) => {
    const { target } = event
    const link = target instanceof Element && target.closest('[data-module="app-quick-exit"]')
    if (!(link instanceof HTMLAnchorElement)) return
    event.preventDefault()
    document.body.hidden = true
    window.location.replace(link.href)
  })
}
