import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, expect } from 'vitest'
import type { DemoPerson } from '#modules/demo'
import { cookieFor, openSite, type Site } from '../support/site.ts'

/** A patient's old phone, and a desk at the practice. */
export const phone = { width: 320, height: 640 }
export const desk = { width: 1280, height: 900 }

/** Somebody at a browser: what they press and follow is found by its name, as they find it. */
export interface Visitor {
  readonly page: Page
  readonly context: BrowserContext
  goTo(path: string): Promise<void>
  /** Waits for the page with this main heading, and checks it as every page is checked. */
  sees(heading: string | RegExp): Promise<void>
  follows(link: string | RegExp): Promise<void>
  presses(button: string | RegExp): Promise<void>
  fills(label: string | RegExp, text: string): Promise<void>
  chooses(choice: string | RegExp): Promise<void>
  /** Checks a page whose main heading is not known beforehand. */
  checks(): Promise<void>
  /** The words of the main part of the page, white space taken together. */
  words(): Promise<string>
  /** What the error summary lists, in its order; empty where there is none. */
  faults(): Promise<readonly string[]>
}

interface Opening {
  readonly as?: DemoPerson
  readonly screen?: { readonly width: number; readonly height: number }
  readonly scripts?: boolean
}

const open = new Set<BrowserContext>()
const complaints: string[] = []

afterEach(async () => {
  await looking
  await Promise.all([...open].map((context) => context.close()))
  open.clear()
  const { faults } = await openSite()
  const told = [...complaints.splice(0), ...faults.splice(0)]
  if (told.length > 0) throw new Error(`Browser or server complained: ${JSON.stringify(told)}`)
})

/** Opens a browser of somebody's own, signed in where `as` says as whom. It closes with the test. */
export async function visit({
  as,
  screen = phone,
  scripts = true,
}: Opening = {}): Promise<Visitor> {
  const site = await openSite()
  const context = await site.browser.newContext({
    viewport: screen,
    javaScriptEnabled: scripts,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  })
  open.add(context)
  context.setDefaultTimeout(30_000)
  if (as) await context.addCookies([await cookieFor(site, as)])
  const page = await context.newPage()
  listen(page)
  return visitorAt(site, context, page, scripts)
}

/** Anything the browser refuses to load or run, and any answer that is the server's fault. */
function listen(page: Page): void {
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (fault) => complaints.push(fault.message))
  page.on('response', (answer) => {
    if (answer.status() >= 500) complaints.push(`${answer.status()} ${answer.url()}`)
  })
}

function visitorAt(site: Site, context: BrowserContext, page: Page, scripts: boolean): Visitor {
  const main = page.getByRole('main')
  return {
    page,
    context,
    goTo: async (path) => {
      await page.goto(`${site.address}${path}`)
    },
    sees: async (heading) => {
      await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
      await checkPage(site, page, scripts)
    },
    checks: () => checkPage(site, page, scripts),
    follows: (name) => page.getByRole('link', { name, exact: true }).first().click(),
    presses: (name) => main.getByRole('button', { name, exact: true }).first().click(),
    fills: (label, text) => main.getByLabel(label, { exact: true }).fill(text),
    chooses: (label) => main.getByLabel(label, { exact: true }).check(),
    words: async () => (await main.innerText()).replaceAll(/\s+/g, ' ').trim(),
    faults: () => page.getByRole('alert').getByRole('listitem').allInnerTexts(),
  }
}

/** One heading that the title repeats, nothing to scroll sideways for, and nothing that axe finds. */
async function checkPage(site: Site, page: Page, scripts: boolean): Promise<void> {
  const path = new URL(page.url()).pathname
  const headings = await page.getByRole('heading', { level: 1 }).allInnerTexts()
  expect(headings, path).toHaveLength(1)
  const title = await page.title()
  expect(title, path).toContain(headings[0])
  const widths = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ])
  expect(widths[0], `${path} scrolls sideways`).toBeLessThanOrEqual(widths[1] ?? 0)
  await checkWithAxe(site, page, `${title} at ${path.replaceAll(/[\da-f-]{36}/g, ':id')}`, scripts)
}

const checked = new Set<string>()
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']
let looking = Promise.resolve()

/**
 * A page that looks the same for the same heading, address and browser is looked at once a run.
 * What staff get without scripts is what they get with them, and is looked at there. Looking goes on
 * while the visitor does; the test waits for it at its end.
 */
async function checkWithAxe(site: Site, page: Page, name: string, scripts: boolean): Promise<void> {
  const width = page.viewportSize()?.width ?? phone.width
  const key = `${name}, ${width} pixels, ${scripts ? 'with' : 'without'} scripts`
  if (checked.has(key) || (!scripts && width === desk.width)) return
  checked.add(key)
  const taken = { body: await page.content(), url: page.url(), width }
  looking = looking.then(async () => {
    const { violations } = await axe(await mirror(site, taken))
    for (const { id, help, nodes } of violations) {
      const where = nodes.map(({ html, failureSummary }) => `${html}: ${failureSummary}`)
      complaints.push(`${key}: ${id}, ${help}: ${where.join('; ')}`)
    }
  })
}

function axe(page: Page) {
  return new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ runOnly: [...rules], resultTypes: ['violations'], preload: false })
    .analyze()
}

interface Taken {
  readonly body: string
  readonly url: string
  readonly width: number
}

const mirrors = new Map<number, Page>()

/** The page as the visitor's browser has it, in another where axe, which is a script, can run. */
async function mirror(site: Site, { body, url, width }: Taken): Promise<Page> {
  const page =
    mirrors.get(width) ??
    (await site.browser.newPage({ viewport: width === phone.width ? phone : desk }))
  mirrors.set(width, page)
  await page.unrouteAll()
  await page.route('**/*', (route) => {
    const kind = route.request().resourceType()
    if (kind === 'script') return route.abort()
    if (kind !== 'document') return route.continue()
    return route.fulfill({ contentType: 'text/html; charset=utf-8', body })
  })
  await page.goto(url)
  return page
}
