import { hiddenFields, type Answer } from '../client.ts'
import type { Kind } from './mix.ts'

/** What of an answer a visit goes by. */
export type Seen = Pick<Answer, 'status' | 'location' | 'body'>

/** One person's browser. */
export interface Browser {
  get(path: string): Promise<Seen>
  post(path: string, form: Readonly<Record<string, string>>): Promise<Seen>
}

/** How a visit ended. `id` is of the appointment or order that was confirmed to the person. */
export type Ended =
  | { readonly end: 'acknowledged'; readonly id: string }
  | { readonly end: 'read' | 'nothing-left' }
  | { readonly end: 'wrong'; readonly path: string; readonly status: number }

const attempts = 20

/** Somebody who comes, signed in, for one thing. `chance` gives numbers from 0 to below 1. */
export async function visit(kind: Kind, browser: Browser, chance: () => number): Promise<Ended> {
  const home = await browser.get('/home')
  if (home.status !== 200) return wrong('/home', home)
  if (kind === 'booking') return book(browser, chance)
  return kind === 'request' ? request(browser, chance) : read(browser)
}

/** The list of slots, one of them, its form, and the page that confirms; another where it was taken. */
async function book(browser: Browser, chance: () => number): Promise<Ended> {
  const list = '/appointments/slots'
  let shown = await browser.get(list)
  for (let attempt = 0; attempt < attempts; attempt++) {
    const chosen = oneOf(slotLinks(shown.body), chance)
    if (chosen === undefined) return shown.status === 200 ? nothingLeft : wrong(list, shown)
    const form = await browser.get(chosen)
    const last =
      form.status === 200
        ? await browser.post('/appointments', {
            ...hiddenFields(form.body),
            reason: 'Cough for three weeks',
            phone: '',
          })
        : form
    if (last.status === 303) return confirmed(browser, last, 2)
    if (last.status !== 409) return wrong(chosen, last)
    shown = last
  }
  return wrong(list, shown)
}

/** The list of medicines, the check, the request, and the page that shows it. */
async function request(browser: Browser, chance: () => number): Promise<Ended> {
  const list = '/prescriptions/order'
  const shown = await browser.get(list)
  const medicine = oneOf(medicinesOf(shown.body), chance)
  if (medicine === undefined) return shown.status === 200 ? nothingLeft : wrong(list, shown)
  const form = { medicine, note: '', kind: 'repeat', destination: 'paper' }
  const asked = { ...hiddenFields(shown.body), ...form }
  const check = await browser.post('/prescriptions/check', asked)
  if (check.status !== 200) return wrong('/prescriptions/check', check)
  const sent = { ...asked, ...hiddenFields(check.body) }
  const last = await browser.post('/prescriptions/orders', sent)
  return last.status === 303 ? confirmed(browser, last, 3) : wrong('/prescriptions/orders', last)
}

async function read(browser: Browser): Promise<Ended> {
  for (const path of ['/record', '/record/results', '/record/medicines']) {
    const page = await browser.get(path)
    if (page.status !== 200) return wrong(path, page)
  }
  return { end: 'read' }
}

async function confirmed(browser: Browser, { location }: Seen, place: number): Promise<Ended> {
  const path = location ?? ''
  const page = await browser.get(path)
  const id = path.split('/')[place] ?? ''
  return page.status === 200 ? { end: 'acknowledged', id } : wrong(path, page)
}

const nothingLeft = { end: 'nothing-left' } as const

const wrong = (path: string, { status }: Seen) => ({ end: 'wrong', path, status }) as const

function slotLinks(body: string): readonly string[] {
  return [...body.matchAll(/href="(\/appointments\/slots\/[0-9a-f-]{36})[^"]*"/g)].map(
    ([, path = '']) => path,
  )
}

/** The medicines that the page lets somebody tick. */
function medicinesOf(body: string): readonly string[] {
  return [...body.matchAll(/<input[^>]*name="medicine"[^>]*>/g)]
    .filter(([tag]) => !tag.includes('disabled'))
    .map(([tag]) => /value="([0-9a-f-]{36})"/.exec(tag)?.[1] ?? '')
}

function oneOf<Of>(all: readonly Of[], chance: () => number): Of | undefined {
  return all[Math.floor(chance() * all.length)]
}
