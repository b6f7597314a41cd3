import { expect, test } from 'vitest'
import { formatName } from '#modules/directory'
import { aPatientWithoutAccount, aProxyFor } from '../support/joining.ts'
import { aSignedInPatient } from '../support/app.ts'
import { openSite, peopleOf } from '../support/site.ts'
import { storedPatient } from '../support/joining.ts'
import { desk, visit, type Visitor } from './visitor.ts'
import { ways } from './ways.ts'

test.for(ways)(
  'somebody is let act for a patient, signs up for themself, and is ended by the patient ($way)',
  async (way) => {
    const site = await openSite()
    const { manager } = peopleOf(site, way.practice)
    const { practice } = manager
    const { patientId, cookie } = await aSignedInPatient(site.db, practice)
    const office = await visit({ as: manager, screen: desk, scripts: way.scripts })
    await office.goTo(`/practice/patients/${patientId}/online`)
    await office.sees('Online services of Ann Patel')
    await office.follows('Somebody asks to act for this patient')
    await office.sees('Somebody to act for Ann Patel')
    await office.fills('First name', 'Mohammed')
    await office.fills('Last name', 'Quicksilver')
    await office.page.getByLabel('Date of birth').fill('1980-01-31')
    await choose(office, 'How they stand to the patient', 'child')
    await choose(office, 'What lets them act', 'consent')
    await choose(office, 'What was seen or heard', 'court-order')
    await choose(office, 'Appointments', 'manage')
    await office.chooses('They may act')
    await office.presses('Save the answer')
    await office.sees('Somebody to act for Ann Patel')
    expect(await office.faults()).toEqual([
      'Nothing was saved: this evidence does not show this basis',
    ])
    await choose(office, 'What was seen or heard', 'patient-in-person')
    await office.presses('Save the answer')
    await office.sees('Online services of Ann Patel')
    await office.follows('Check who Mohammed Quicksilver is, and make sign-up details')
    await office.sees('Sign-up details for Mohammed Quicksilver')
    await office.chooses('Documents, seen at the desk')
    await office.chooses('Read out, now')
    await office.presses('Make sign-up details')
    await office.page.getByText('Linkage key').waitFor()
    await office.sees('Sign-up details for Mohammed Quicksilver')
    const read = async (term: string) => {
      const row = office.page.locator('.nhsuk-summary-list__row', { hasText: term })
      return (await row.locator('dd').innerText()).trim()
    }

    const proxy = await visit({ scripts: way.scripts })
    await proxy.goTo('/sign-up/letter')
    await proxy.fills('Surgery code', practice)
    await proxy.fills('Account ID', await read('Account ID'))
    await proxy.fills('Linkage key', await read('Linkage key'))
    await proxy.fills('Last name', 'quicksilver')
    await proxy.fills('Day', '31')
    await proxy.fills('Month', '1')
    await proxy.fills('Year', '1980')
    await proxy.presses('Continue')
    await proxy.sees('Choose how you will sign in')
    await proxy.fills('New password', 'three quiet green kettles')
    await proxy.chooses('I do not have an authenticator app')
    await proxy.presses('Finish signing up')
    await proxy.sees('Keep these codes')
    await proxy.page.getByRole('button', { name: 'Continue' }).click()
    await proxy.sees('Home')
    expect(await proxy.page.getByText('You are acting for Ann Patel').isVisible()).toBe(true)
    await proxy.follows('Who you act for')
    await proxy.sees('Who you act for')
    await proxy.goTo('/account/sharing')
    await proxy.sees('Only the patient can see this')
    await proxy.goTo('/prescriptions')
    await proxy.sees('Ordering repeat prescriptions online is not switched on')
    await proxy.goTo('/appointments')

    const patient = await visit({ scripts: way.scripts })
    const [name = '', value = ''] = cookie.split('=')
    await patient.context.addCookies([{ name, value, url: site.address }])
    await patient.goTo('/home')
    await patient.follows('Who can act for you, and who looked')
    await patient.sees('Who can act for you')
    await patient.follows('Who looked at your record, and when')
    await patient.sees('Who looked, and when')
    expect(await patient.words()).toContain('Mohammed Quicksilver, for you')
    await patient.follows('Who can act for you')
    await patient.presses('End what Mohammed Quicksilver can do')
    await patient.page.getByText('Nobody else can use online services for you.').waitFor()
    await proxy.goTo('/appointments')
    await proxy.sees('Online services are not switched on for you')
  },
)

test.for(ways)(
  'a patient stops sharing quietly, and the practice looks after it ($way)',
  async (way) => {
    const site = await openSite()
    const { manager } = peopleOf(site, way.practice)
    const { practice } = manager
    const { patientId, cookie } = await aSignedInPatient(site.db, practice)
    const stored = await storedPatient(site.db, practice, patientId)
    await aProxyFor(site.db, practice, stored, { givenName: 'Lou', familyName: 'Grimm' })
    await aPatientWithoutAccount(site.db, practice)
    const patient = await visit({ scripts: way.scripts })
    const [name = '', value = ''] = cookie.split('=')
    await patient.context.addCookies([{ name, value, url: site.address }])
    await patient.goTo('/account/sharing')
    await patient.sees('Who can act for you')
    await patient.page.getByText('If you do not feel safe sharing this').click()
    await patient.presses('I do not feel safe sharing this')
    await patient.sees('Home')
    await patient.goTo('/account/sharing')
    expect(await patient.words()).toContain('Lou Grimm')

    const office = await visit({ as: manager, screen: desk, scripts: way.scripts })
    await office.goTo('/practice')
    await office.follows('Online requests')
    await office.sees('Requests for online services')
    expect(await office.words()).toContain('Do not feel safe sharing')
    await office.page
      .getByRole('button', { name: `I look after this: ${formatName(stored)}` })
      .last()
      .click()
    await office.sees('Requests for online services')
    await office.goTo(`/practice/patients/${patientId}/online`)
    await office.sees(`Online services of ${formatName(stored)}`)
    expect(await office.words()).toContain('Suspended')
  },
)

async function choose(office: Visitor, label: string, value: string): Promise<void> {
  await office.page.getByLabel(label, { exact: true }).selectOption(value)
}
