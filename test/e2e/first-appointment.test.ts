import { expect, test } from 'vitest'
import { currentCode } from '#platform/auth'
import type { DemoPerson } from '#modules/demo'
import { aPatientWithoutAccount } from '../support/joining.ts'
import { openSite, peopleOf } from '../support/site.ts'
import { desk, visit, type Visitor } from './visitor.ts'
import { ways } from './ways.ts'

async function tellsTheSurgery(person: Visitor, practice: string): Promise<void> {
  await person.sees('Ask for sign-up details')
  await person.fills('Surgery code', practice)
  if ((await person.page.getByLabel('First name', { exact: true }).count()) > 0) {
    await person.fills('First name', 'Rose')
    await person.fills('Last name', 'Quillfeather')
    await person.fills('Day', '6')
    await person.fills('Month', '5')
    await person.fills('Year', '1944')
  }
  await person.fills('Postcode', 'LS1 1AA')
  await person.fills('Phone number or email address', '07700 900456')
  await person.presses('Ask my GP surgery')
  await person.sees('We have passed on your request')
}

/** Takes the first time there is, and gives its words. */
async function booksTheFirst(person: Visitor): Promise<string> {
  await person.sees('Your first appointment')
  await person.presses('Choose an appointment')
  await person.sees('Choose your first appointment')
  await person.page.getByRole('main').getByRole('listitem').getByRole('link').last().click()
  await person.sees('Check and book your appointment')
  const phone = person.page.getByLabel('Phone number to call you on')
  if (await phone.isVisible()) await phone.fill('07700 900456')
  await person.presses('Book appointment')
  await person.sees('Appointment booked')
  return person.page.locator('.nhsuk-panel__body').innerText()
}

test.for(ways)(
  'somebody who asks online books one appointment, and is opened everything at the desk ($way)',
  async ({ scripts, practice }) => {
    const site = await openSite()
    const { receptionist } = peopleOf(site, practice)
    const patient = await aPatientWithoutAccount(site.db, receptionist.practice, {
      familyName: 'Quillfeather',
    })
    const person = await visit({ scripts })
    await person.goTo('/sign-up/ask')
    await tellsTheSurgery(person, receptionist.practice)
    await person.presses('Book one appointment')
    await person.sees('Choose how you will sign in')
    await person.fills('New password', 'three quiet green kettles')
    const secret = await person.page.locator('input[name="secret"]').inputValue()
    await person.fills('Code that the app shows now', await currentCode(secret, site.db.now()))
    await person.presses('Finish signing up')
    const when = await booksTheFirst(person)
    await person.presses('Continue')
    await person.sees('Your first appointment')
    const number = (await person.page.locator('.app-code').innerText()).replaceAll(/\s/g, '')
    for (const path of ['/home', '/record', '/appointments', '/account', '/prescriptions']) {
      await person.goTo(path)
      await person.sees('Prove who you are')
    }

    const office = await visit({ as: receptionist, screen: desk, scripts })
    await office.goTo('/practice/sign-ups')
    await office.sees('Asked to sign up')
    await office.goTo(`/practice/patients/${patient.patientId}/online/sign-up`)
    await office.sees('Sign up Rose Quillfeather')
    await office.chooses('Documents, seen at the desk')
    await office.page.getByLabel('With a photograph', { exact: true }).selectOption('passport')
    await office.page.getByLabel('With the address', { exact: true }).selectOption('utility-bill')
    await office.chooses('Not at all: they asked online, and have an account that shows a number')
    await office.fills('The number that their account shows', number)
    await office.presses('Make sign-up details')
    await office.sees('Online services of Rose Quillfeather')

    await person.goTo('/home')
    await person.sees('Home')
    await expect
      .poll(async () => {
        await person.goTo('/appointments')
        return person.words()
      })
      .toContain(when)
    await person.sees('Your appointments')
  },
)

/** At the stand-in: chooses a person and how well they are known, and goes on. */
async function signsInAt(visitor: Visitor, person: DemoPerson, level: 'P5' | 'P0'): Promise<void> {
  await visitor.goTo('/sign-in')
  await visitor.presses('Continue with NHS login')
  const { page } = visitor
  await page.getByRole('heading', { level: 1, name: 'Stand-in for NHS login' }).waitFor()
  const option = page.getByRole('option').filter({ hasText: person.email })
  await page.getByLabel('Person').selectOption((await option.getAttribute('value')) ?? '')
  await page.getByRole('radio', { name: new RegExp(level) }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await visitor.sees('Prove who you are')
}

test.for(['P5', 'P0'] as const)(
  'somebody at %s books one appointment, and is shown of it what that level allows',
  async (level) => {
    const people = peopleOf(await openSite(), level === 'P5' ? 0 : 1)
    const who = people.emptyRecord
    const visitor = await visit()
    await signsInAt(visitor, who, level)
    await visitor.presses('Tell my GP surgery who I am')
    await visitor.sees('Ask for sign-up details')
    expect((await visitor.words()).includes(who.name)).toBe(level === 'P5')
    await tellsTheSurgery(visitor, who.practice)
    await visitor.presses('Book one appointment')
    const when = await booksTheFirst(visitor)
    await visitor.presses('Continue')
    await visitor.sees('Your first appointment')
    const date = when.split(' at ')[0] ?? when
    expect((await visitor.words()).includes(date)).toBe(level === 'P5')
    await visitor.goTo('/first-appointment/cancel')
    if (level === 'P0') {
      await visitor.sees('You have to prove who you are to see this')
      return
    }
    await visitor.sees('Do you want to cancel this appointment?')
    await visitor.presses('Cancel appointment')
    await visitor.sees('Your first appointment')
    expect(await visitor.words()).not.toContain(date)
  },
)
