import { expect, test } from 'vitest'
import { openSite, peopleOf } from '../support/site.ts'
import { visit, type Visitor } from './visitor.ts'
import { ways } from './ways.ts'

test.for(ways)(
  'a practice manager plans clinics on a phone: a type, a template, closures, weeks ahead ($way)',
  async (way) => {
    const site = await openSite()
    const { manager } = peopleOf(site, way.practice)
    const office = await visit({ as: manager, scripts: way.scripts })
    await addType(office)
    await addTemplate(office)
    await closeDay(office)

    await office.goTo('/practice/appointments/templates/preview?weeks=6')
    await office.sees('Sessions for the weeks ahead')
    const words = await office.words()
    expect(words).toContain('Saturday 14 March 2026')
    expect(words).toContain('It is at a weekend')
    expect(words).toContain('Closed: Decorating')
    await office.presses(/^Make \d+ sessions$/)
    await office.sees('Sessions for the weeks ahead')
    expect(await office.words()).toMatch(/\d+ sessions were made/)
    expect(await office.words()).toContain('There is nothing to make')

    await office.goTo('/practice/appointments?day=2026-03-14')
    await office.sees('Appointments on Saturday 14 March 2026')
    expect(await office.words()).toContain('Saturday smears, 9:00am to 10:00am')
    await moveRelease(office)
  },
)

async function addType(office: Visitor) {
  await office.goTo('/practice/appointments/types')
  await office.sees('Slot types')
  await office.presses('Add a slot type')
  await office.presses('Add slot type')
  await office.sees('Add a slot type')
  expect(await office.faults()).toEqual(['Enter a name for the type, of 100 characters or less'])
  await office.fills('Name', 'Saturday clinic')
  await office.page.getByLabel('National category').selectOption('Planned Clinics')
  await office.chooses('In person')
  await office.chooses('Patients, online')
  await office.chooses('Only patients who are invited')
  await office.chooses('At a time, some days before')
  await office.fills('Days before (0 is on the day)', '3')
  await office.fills('Time', '08:00')
  await office.presses('Add slot type')
  await office.sees('Saturday clinic')
  await office.presses('Invitations')
  await office.sees('Invitations to Saturday clinic')
  await office.fills('NHS numbers (optional)', '999 999 9999')
  await office.chooses('Recall')
  await office.presses('Invite')
  await office.sees('Invitations to Saturday clinic')
  expect(await office.words()).toContain('Not found at this practice: 999 999 9999')
}

async function addTemplate(office: Visitor) {
  await office.goTo('/practice/appointments/templates')
  await office.sees('Session templates')
  await office.presses('Add a template')
  await office.sees('Add a template')
  await office.fills('Name of the session', 'Saturday smears')
  await office.page.getByLabel('Day of the week').selectOption('Saturday')
  await office.page.getByLabel('Part 1 from').fill('09:00')
  await office.page.locator('[name=part1Until]').fill('10:00')
  await office.page
    .locator('[name=part1Type]')
    .selectOption({ label: 'Saturday clinic (10 minutes, in person)' })
  await office.presses('Show more parts')
  await office.sees('Add a template')
  expect(await office.page.locator('[name=part1Until]').inputValue()).toBe('10:00')
  await office.presses('Add template')
  await office.sees('Session templates')
  expect(await office.words()).toContain('Saturday smears')
  await office.follows('Saturday smears')
  await office.sees('Change Saturday smears')
}

async function closeDay(office: Visitor) {
  await office.goTo('/practice/appointments/closures')
  await office.sees('Closures and leave')
  await office.presses('Add closure')
  await office.sees('Closures and leave')
  expect(await office.faults()).toHaveLength(3)
  await office.fills('Why it is closed', 'Decorating')
  await office.fills('First day of closure', '2026-03-21')
  await office.fills('Last day of closure', '2026-03-21')
  await office.presses('Add closure')
  await office.sees('Closures and leave')
  expect(await office.words()).toContain('All of 21 March 2026')
}

async function moveRelease(office: Visitor) {
  await office.goTo('/practice/appointments/releases?weeks=2')
  await office.sees('Release plan')
  await office.chooses('Saturday clinic, Wednesday 11 March 2026 at 8:00am')
  await office.page.getByLabel('Day (optional)').fill('2026-03-10')
  await office.page.getByLabel('Time (optional)').fill('18:30')
  await office.presses('Change')
  await office.sees('Release plan')
  expect(await office.words()).toContain('Tuesday 10 March 2026 at 6:30pm')
}

test('a practice manager gives odd slots a type, and sees what settings would change', async () => {
  const site = await openSite()
  const { manager } = peopleOf(site, 1)
  const office = await visit({ as: manager })
  await office.goTo('/practice/appointments/flagged')
  await office.sees('Slots without a category or a way of meeting')
  await office.page.getByLabel(/^Admin: /).check()
  await office.page
    .getByLabel('Give them the type')
    .selectOption({ label: 'Health check (15 minutes, in person)' })
  await office.presses('Give them this type')
  await office.sees('Slots without a category or a way of meeting')
  expect(await office.words()).toMatch(/\d+ slots have a type now/)
  expect(await office.page.getByLabel(/^Admin: /).count()).toBe(0)

  await office.goTo('/practice/appointments/settings')
  await office.sees('Appointment settings')
  await office.fills('Most future appointments of one patient', 'many')
  await office.presses('See what would change')
  await office.sees('Appointment settings')
  expect(await office.faults()).toHaveLength(1)
  await office.fills('Most future appointments of one patient', '1')
  await office.presses('See what would change')
  await office.sees('Check what would change')
  await office.presses('Do not save')
  await office.sees('Appointment settings')
})
