const PATIENCE_MS = 5_000

/**
 * A form posted twice within five seconds is sent once. No button is disabled, so that nothing is
 * stuck if the answer never comes, and a page taken from the browser's history starts afresh.
 */
export function guardAgainstSecondSubmit(): void {
  let sentAt = new WeakMap<HTMLFormElement, number>()
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || form.method !== 'post') return
    const now = Date.now()
    if (now - (sentAt.get(form) ?? 0) < PATIENCE_MS) return event.preventDefault()
    sentAt.set(form, now)
  })
  window.addEventListener('pageshow', () => {
    sentAt = new WeakMap()
  })
}
