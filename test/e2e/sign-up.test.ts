import { expect, test } from 'vitest'
import { currentCode } from '#platform/auth'
import { formatName } from '#modules/directory'
import { aPatientWithoutAccount } from '../support/joining.ts'
import { openSite, peopleOf } from '../support/site.ts'
import { desk, visit, type Visitor } from './visitor.ts'
import { ways } from './ways.ts'

test.for(ways)(
  'a receptionist signs somebody up on one screen, who then signs up by themself ($way)',
  async (way) => {
    const site = await openSite()
    const { receptionist } = peopleOf(site, way.practice)
    const patient = await aPatientWithoutAccount(site.db, receptionist.practice, {
      familyName: 'Quillfeather',
    })
    const name = formatName(patient)
    const office = await visit({ as: receptionist, screen: desk, scripts: way.scripts })
    await office.goTo('/practice/patients?search=quillfeather')
    await office.page
      .getByRole('link', { name: `(${name})` })
      .last()
      .click()
    await office.sees(name)
    await office.follows('Online services: sign up, identity, what is switched on')
    await office.sees(`Online services of ${name}`)
    await office.page.getByRole('button', { name: 'Sign up, or make new details' }).click()
    await office.sees(`Sign up ${name}`)
    await office.presses('Make sign-up details')
    await office.sees(`Sign up ${name}`)
    expect(await office.faults()).toEqual([
      'Choose how you know who this is',
      'Choose how to hand the details over',
    ])
    await office.chooses('Documents, seen at the desk')
    await office.page.getByLabel('With a photograph', { exact: true }).selectOption('passport')
    await office.page.getByLabel('With the address', { exact: true }).selectOption('utility-bill')
    await office.chooses('Read out, now')
    await office.presses('Make sign-up details')
    await office.sees(`Sign-up details for ${name}`)
    const read = async (term: string) => {
      const row = office.page.locator('.nhsuk-summary-list__row', { hasText: term })
      return (await row.locator('dd').innerText()).trim()
    }
    const details = {
      practice: await read('Surgery code'),
      accountRef: await read('Account ID'),
      key: await read('Linkage key'),
    }

    const person = await visit({ scripts: way.scripts })
    await person.goTo('/')
    await person.page.getByRole('button', { name: 'Sign up' }).click()
    await person.sees('Sign up for online services')
    await person.page.getByRole('button', { name: 'I have sign-up details' }).click()
    await typeDetails(person, { ...details, key: 'aaaa-bbbb-cccc' })
    expect(await person.faults()).toEqual([
      'These details did not work. Check each one against your letter. If they are right, phone your GP surgery and ask for new ones',
    ])
    await typeDetails(person, details)
    await person.sees('Choose how you will sign in')
    expect(await person.words()).toContain(`Hello ${name}`)
    await person.fills('Email address', `rose.${way.practice}@example.org`)
    await person.fills('New password', 'three quiet green kettles')
    const secret = await person.page.locator('input[name="secret"]').inputValue()
    await person.fills('Code that the app shows now', await currentCode(secret, site.db.now()))
    await person.presses('Finish signing up')
    await person.sees('Home')
    expect(await person.words()).toContain('Book, see or cancel an appointment')
    await office.goTo(`/practice/patients/${patient.patientId}/online`)
    await office.sees(`Online services of ${name}`)
    expect(await office.words()).toContain('Used on 3 March 2026')
  },
)

async function typeDetails(
  person: Visitor,
  details: { readonly practice: string; readonly accountRef: string; readonly key: string },
): Promise<void> {
  await person.sees('Enter the details from your letter')
  await person.fills('Surgery code', details.practice)
  await person.fills('Account ID', details.accountRef)
  await person.fills('Linkage key', details.key)
  await person.fills('Last name', 'Quillfeather')
  await person.fills('Day', '6')
  await person.fills('Month', '5')
  await person.fills('Year', '1944')
  await person.presses('Continue')
}
