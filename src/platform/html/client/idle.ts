/**
 * Says so before a sign-in ends because nothing was asked, with one press to stay, and leaves for
 * the sign-in page once it has ended, so that nothing stays on the screen. Other tabs count as use.
 */
export function warnBeforeTheEnd(): void {
  const { idleSeconds, idleWarningSeconds, face } = document.body.dataset
  if (idleSeconds === undefined || idleWarningSeconds === undefined) return
  const base = face === 'practice' ? '/practice' : ''
  const warning = Number(idleWarningSeconds)
  const wait = (seconds: number) => {
    setTimeout(() => void look(base, warning, wait), Math.max(1, seconds) * 1000)
  }
  wait(Number(idleSeconds) - warning)
}

async function look(base: string, warning: number, wait: (seconds: number) => void): Promise<void> {
  const left = await secondsLeft(base)
  if (left === undefined) return wait(30)
  if (left <= 0) return leave(base)
  if (left > warning) {
    hide()
    return wait(left - warning)
  }
  show(base, left)
  wait(Math.min(left + 1, 20))
}

async function secondsLeft(base: string): Promise<number | undefined> {
  try {
    const answer = await fetch(`${base}/account/time-left`, { credentials: 'same-origin' })
    const { seconds } = (await answer.json()) as { readonly seconds?: unknown }
    return typeof seconds === 'number' ? seconds : undefined
  } catch {
    return undefined
  }
}

const dialogId = 'app-idle-warning'

function hide(): void {
  const dialog = document.getElementById(dialogId)
  if (dialog instanceof HTMLDialogElement) dialog.close()
}

function show(base: string, left: number): void {
  const dialog = dialogOf(base)
  const minutes = Math.max(1, Math.round(left / 60))
  const words = dialog.querySelector('[data-idle-words]')
  const said = `You will be signed out in ${minutes === 1 ? '1 minute' : `${minutes} minutes`}, for your safety.`
  if (words && words.textContent !== said) words.textContent = said
  if (!dialog.open) dialog.showModal()
}

function dialogOf(base: string): HTMLDialogElement {
  const before = document.getElementById(dialogId)
  if (before instanceof HTMLDialogElement) return before
  const dialog = document.createElement('dialog')
  dialog.id = dialogId
  dialog.className = 'app-idle-warning'
  dialog.setAttribute('aria-labelledby', `${dialogId}-title`)
  const title = document.createElement('h2')
  title.id = `${dialogId}-title`
  title.className = 'nhsuk-heading-m'
  title.textContent = 'Do you want to stay signed in?'
  const words = document.createElement('p')
  words.dataset['idleWords'] = ''
  words.setAttribute('role', 'status')
  const stay = document.createElement('button')
  stay.type = 'button'
  stay.className = 'nhsuk-button'
  stay.textContent = 'Stay signed in'
  stay.addEventListener('click', () => {
    void fetch(`${base}/account/stay`, { credentials: 'same-origin' }).then(() => dialog.close())
  })
  dialog.append(title, words, stay)
  document.body.append(dialog)
  return dialog
}

function leave(base: string): void {
  const here = encodeURIComponent(window.location.pathname + window.location.search)
  window.location.replace(`${base}/sign-in?next=${here}&ended=1`)
}
