import { expect, test } from 'vitest'
import type { DemoPerson } from '#modules/demo'
import { openSite, peopleOf } from '../support/site.ts'
import { desk, phone, visit, type Visitor } from './visitor.ts'

const staff = ['safeguardingLead', 'prescriber', 'nurse', 'manager', 'receptionist'] as const

test(
  'every page that a patient can reach by links is sound at 320 pixels',
  { timeout: 300_000 },
  async () => {
    const patient = peopleOf(await openSite(), 0).hugeRecord
    const pages = await walk(patient, phone, ['/home', '/record'])
    expect([...pages.keys()]).toEqual(
      expect.arrayContaining([
        '/home',
        '/notices',
        '/appointments',
        '/appointments/slots',
        '/appointments/slots/:id',
        '/appointments/week',
        '/appointments/:id',
        '/prescriptions',
        '/prescriptions/orders',
        '/record/medicines',
        '/record/results',
        '/record/results/:id',
        '/accessibility',
        '/privacy',
        '/contact',
      ]),
    )
  },
)

test.for(staff)(
  'every page that a %s can reach by links is sound',
  { timeout: 300_000 },
  async (role) => {
    const person = peopleOf(await openSite(), 0)[role]
    const pages = await walk(person, desk, ['/practice', '/practice/patients?search=hughes'])
    expect([...pages.keys()]).toEqual(
      expect.arrayContaining(['/practice', '/practice/patients/:id']),
    )
  },
)

/** Follows one link of each kind until there is nothing new. Gives an address for every kind of page. */
async function walk(
  person: DemoPerson,
  screen: typeof phone,
  from: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const visitor = await visit({ as: person, screen })
  const seen = new Map<string, string>()
  const waiting = [...from]
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(kindOf(path))) continue
    seen.set(kindOf(path), path)
    await visitor.goTo(path)
    const onward = visitor.page.getByRole('button', { name: 'Continue to your health record' })
    if (await onward.isVisible()) await onward.click()
    await visitor.checks()
    await startsAtTheSkipLink(visitor)
    waiting.push(...(await linksOf(visitor)))
  }
  return seen
}

function kindOf(path: string): string {
  return path.replace(/\?.*/, '').replaceAll(/[\da-f-]{36}/g, ':id')
}

/** Ways on within the site, files left out. */
async function linksOf(visitor: Visitor): Promise<readonly string[]> {
  const links = await visitor.page
    .locator('a[href^="/"]')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  return links.filter(
    (link) => !/\/file$|\.ics$|\.json$|\.csv(\?|$)|\/export\?|#|\/nhs-login\?/.test(link),
  )
}

/**
 * The first press of Tab offers to skip to the content, and shows where it is. A page that is opened
 * at a place of it begins there instead.
 */
async function startsAtTheSkipLink(visitor: Visitor): Promise<void> {
  if (visitor.page.url().includes('#')) return
  await visitor.page.keyboard.press('Tab')
  const focused = await visitor.page.evaluate(() => {
    const at = document.activeElement
    const box = at?.getBoundingClientRect()
    const style = at && getComputedStyle(at)
    return {
      words: at?.textContent?.trim(),
      isSeen: (box?.height ?? 0) > 10 && style?.outlineStyle !== 'none',
    }
  })
  expect(focused, visitor.page.url()).toEqual({ words: 'Skip to main content', isSeen: true })
}
