const presses = 3
const withinMs = 5000

/**
 * Leaves by replacing this page, so that the back button does not lead to it again: by the link, or
 * by the shift key pressed three times in a row, from anywhere on the page.
 */
export function leaveWithoutTrace(): void {
  const link = document.querySelector('[data-module="app-quick-exit"]')
  if (!(link instanceof HTMLAnchorElement)) return
  const leave = () => {
    document.body.hidden = true
    document.title = ''
    window.location.replace(link.href)
  }
  link.addEventListener('click', (event) => {
    event.preventDefault()
    leave()
  })
  sayHow(link)
  let pressed: readonly number[] = []
  document.addEventListener('keyup', (event) => {
    const now = Date.now()
    pressed = event.key === 'Shift' ? [...pressed, now].filter((at) => now - at < withinMs) : []
    if (pressed.length >= presses) leave()
  })
}

/** Only with scripts is there a key for it. */
function sayHow(link: HTMLAnchorElement): void {
  const how = document.createElement('span')
  how.className = 'nhsuk-u-visually-hidden'
  how.textContent = ', or press the Shift key 3 times'
  link.append(how)
}
