import { expect, test } from 'vitest'
import { openSite, peopleOf } from '../support/site.ts'
import { maxStops, tabTo } from './keys.ts'
import { desk, visit, type Visitor } from './visitor.ts'

test('a patient books by keyboard alone', async () => {
  const patient = await visit({ as: peopleOf(await openSite(), 1).appointmentsOnly })
  const { keyboard } = patient.page
  await patient.goTo('/appointments/slots?how=telephone')
  await keyboard.press('Tab')
  await keyboard.press('Enter')
  await tabTo(patient, /by telephone with/)
  await keyboard.press('Enter')
  await patient.sees('Check and book your appointment')
  await tabTo(patient, /^reason$/)
  await keyboard.type('Back pain')
  await tabTo(patient, /^phone$/)
  await keyboard.press('Space')
  await tabTo(patient, /^Book appointment$/)
  await keyboard.press('Enter')
  await patient.sees('Appointment booked')
  expect(await patient.words()).toContain('Back pain')
})

test('whatever Tab reaches shows that it is reached', async () => {
  const site = await openSite()
  const { full, manager } = peopleOf(site, 1)
  const patient = await visit({ as: full })
  await patient.goTo('/appointments/slots')
  await showsEveryStop(patient)
  await patient.page.locator('main section li a').first().click()
  await patient.sees('Check and book your appointment')
  await showsEveryStop(patient)
  const office = await visit({ as: manager, screen: desk })
  await office.goTo('/practice/appointments/sessions/new')
  await showsEveryStop(office)
})

async function showsEveryStop(visitor: Visitor): Promise<void> {
  const hidden: string[] = []
  for (let stops = 0; stops < maxStops; stops++) {
    await visitor.page.keyboard.press('Tab')
    const stop = await visitor.page.evaluate(() => {
      const at = document.activeElement
      if (!at || at === document.body) return undefined
      // The calendar of a date field is the browser's own, which frames it.
      const isBrowsers = at.matches('input') && !at.matches(':focus')
      const isChoice = at.matches('[type=radio], [type=checkbox]')
      const drawn = isChoice && at.nextElementSibling
      const style = drawn ? getComputedStyle(drawn, '::before') : getComputedStyle(at)
      const isMarked =
        isBrowsers ||
        (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') ||
        style.boxShadow !== 'none'
      return { isMarked, html: at.outerHTML.slice(0, 200) }
    })
    if (!stop) break
    if (!stop.isMarked) hidden.push(stop.html)
  }
  expect(hidden).toEqual([])
}
