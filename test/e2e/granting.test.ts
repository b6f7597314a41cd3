import { expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { addDays, addMonths, localDateOf } from '#kernel/time'
import { sql, systemProof } from '#platform/db'
import type { PatientId } from '#modules/directory'
import { aSignedInPatient } from '../support/app.ts'
import { aPatientWithoutAccount, aProxyFor } from '../support/joining.ts'
import { openSite, peopleOf } from '../support/site.ts'
import { aPractice } from '../support/surgery.ts'
import { desk, visit, type Visitor } from './visitor.ts'
import { ways } from './ways.ts'

async function comesWith(person: Visitor, cookie: string): Promise<void> {
  const site = await openSite()
  const [name = '', value = ''] = cookie.split('=')
  await person.context.addCookies([{ name, value, url: site.address }])
}

async function isCalled(practice: OdsCode, patientId: PatientId, given: string, family: string) {
  const { db } = await openSite()
  await db.transaction(systemProof(practice), (tx) =>
    tx.run(sql`
      update directory.patient set given_name = ${given}, family_name = ${family}
      where practice = ${practice} and patient_id = ${patientId}`),
  )
}

test.for(ways)(
  'a patient invites somebody of another practice, staff confirm, and the patient ends it ($way)',
  async (way) => {
    const site = await openSite()
    const { manager } = peopleOf(site, way.practice)
    const { practice } = manager
    const family = `Winter${way.practice === 0 ? 'bourne' : 'ton'}`
    const ill = await aSignedInPatient(site.db, practice)
    await isCalled(practice, ill.patientId, 'Iris', family)
    const elsewhere = await aPractice(site.db)
    const helping = await aSignedInPatient(site.db, elsewhere)
    await isCalled(elsewhere, helping.patientId, 'Lee', 'Hart')

    const patient = await visit({ scripts: way.scripts })
    await comesWith(patient, ill.cookie)
    await patient.goTo('/account/sharing')
    await patient.sees('Who can act for you')
    await patient.page.getByRole('button', { name: 'Let somebody act for you' }).click()
    await patient.sees('Let somebody act for you')
    await patient.presses('Make a code for them')
    await patient.sees('Let somebody act for you')
    expect(await patient.faults()).toHaveLength(4)
    await patient.fills('Their first name', 'Lee')
    await patient.fills('Their last name', 'Hart')
    const group = (name: string) => patient.page.getByRole('group', { name })
    const born = group('Their date of birth')
    await born.getByLabel('Day').fill('12')
    await born.getByLabel('Month').fill('4')
    await born.getByLabel('Year').fill('1961')
    await patient.page.getByLabel('Who they are to you').selectOption('friend')
    await group('Your appointments').getByLabel('See and change').check()
    await group('Your health record').getByLabel('Medicines and allergies').check()
    await patient.presses('Make a code for them')
    await patient.sees('The code for Lee Hart')
    const read = async (term: string) => {
      const row = patient.page.locator('.nhsuk-summary-list__row', { hasText: term })
      return (await row.locator('dd').innerText()).trim()
    }
    const code = await read('One-time code')
    expect(await read('Surgery code')).toBe(practice)
    await patient.follows('Who can act for you')
    await patient.sees('Who can act for you')
    expect(await patient.words()).toContain('Lee Hart: they have not used the code')

    const proxy = await visit({ scripts: way.scripts })
    await comesWith(proxy, helping.cookie)
    await proxy.goTo('/account/acting-for')
    await proxy.follows('Enter the code you were given')
    await proxy.sees('Enter the code you were given')
    await proxy.fills('Surgery code', practice)
    await proxy.fills('One-time code', 'abcd efgh jkmn')
    await proxy.presses('Continue')
    await proxy.sees('Enter the code you were given')
    expect(await proxy.faults()).toEqual([
      'These codes do not open anything for you. Check them, or ask for new ones',
    ])
    await proxy.fills('One-time code', code.toLowerCase())
    await proxy.presses('Continue')
    await proxy.sees('The code is right')

    const office = await visit({ as: manager, screen: desk, scripts: way.scripts })
    await office.goTo('/practice/online')
    await office.follows('People who act for patients')
    await office.sees('People who act for patients')
    const waiting = office.page.getByRole('region', { name: `for Iris ${family}` })
    expect(await waiting.innerText()).toContain('Accepted on')
    await waiting.getByRole('button', { name: 'Confirm: Lee Hart' }).click()
    await office.page.getByText('Confirmed. It opens once they have used the code.').waitFor()

    await until(async () => {
      await proxy.goTo('/account/acting-for')
      return (await proxy.words()).includes(`Iris ${family}`)
    })
    await proxy.presses(`Act for Iris ${family}`)
    await proxy.sees('Home')
    expect(await proxy.page.getByText(`You are acting for Iris ${family}`).isVisible()).toBe(true)
    await proxy.goTo('/prescriptions')
    await proxy.sees('Ordering repeat prescriptions online is not switched on')
    await proxy.goTo('/appointments')
    await proxy.sees('Your appointments')

    await patient.goTo('/account/sharing')
    await patient.sees('Who can act for you')
    expect(await patient.words()).toContain('Private subjects: none')
    await patient.presses('End what Lee Hart can do')
    await patient.page.getByText('Nobody else can use online services for you.').waitFor()
    await proxy.goTo('/appointments')
    await proxy.sees('Online services are not switched on for you')
  },
)

test.for(ways)(
  'a patient says how to reach them, and the desk reads it first ($way)',
  async (way) => {
    const site = await openSite()
    const { receptionist } = peopleOf(site, way.practice)
    const { practice } = receptionist
    const { patientId, cookie } = await aSignedInPatient(site.db, practice)
    const patient = await visit({ scripts: way.scripts })
    await comesWith(patient, cookie)
    await patient.goTo('/account/sharing')
    await patient.follows('How we contact you')
    await patient.sees('How we contact you')
    for (const way_ of ['Email', 'Text message', 'Letter'])
      await patient.page.getByRole('checkbox', { name: way_ }).uncheck()
    await patient.fills('Phone number', '07700 900 461')
    await patient.fills('How and when', 'Weekday mornings, never leave a message')
    await patient.presses('Use only this')
    await patient.sees('How we contact you')
    expect(await patient.words()).toContain('Your GP surgery has this now')
    expect(await patient.page.content()).not.toContain('07700 900 461')

    const office = await visit({ as: receptionist, screen: desk, scripts: way.scripts })
    await office.goTo(`/practice/patients/${patientId}`)
    await office.sees('Ann Patel')
    expect(await office.words()).toContain('Before any contact')
    expect(await office.words()).toContain('Weekday mornings, never leave a message')
    expect(await office.words()).toContain('Email: never')
    await office.follows('How to reach Ann Patel safely')
    await office.sees('How to reach Ann Patel')
    await office.presses('Nothing special any more')
    await office.sees('How to reach Ann Patel')
    expect(await office.words()).toContain('Nothing special is known')
  },
)

test('a young person is handed over: before the birthday, step by step, and by their own word', async () => {
  const site = await openSite()
  const { manager } = peopleOf(site, 0)
  const { practice } = manager
  const today = localDateOf(site.db.now())
  const soon = await aPatientWithoutAccount(site.db, practice, {
    givenName: 'Robin',
    familyName: 'Larkspur',
    bornOn: addMonths(addDays(today, 12), -16 * 12),
  })
  const parent = {
    givenName: 'Pat',
    familyName: 'Larkspur',
    relationship: 'parent',
    basis: 'parental-responsibility',
    evidence: 'birth-certificate',
  } as const
  await aProxyFor(site.db, practice, soon, parent)

  const office = await visit({ as: manager, screen: desk })
  await office.goTo('/practice/online/proxies')
  await office.sees('People who act for patients')
  const near = office.page.getByRole('region', { name: 'A birthday within 30 days pauses it' })
  expect(await near.innerText()).toContain('Robin Larkspur')
  await near.getByRole('link', { name: 'Pat Larkspur for Robin Larkspur' }).click()
  await office.sees('What a proxy of Robin Larkspur can use online')
  await office.page.getByLabel('From', { exact: true }).fill(addDays(today, 3))
  await office.presses('Plan this')
  await office.sees('What a proxy of Robin Larkspur can use online')
  expect(await office.words()).toContain('record not switched on')

  // The birthday, as if it were here: what the parent had is over before the day's work.
  await site.db.transaction(systemProof(practice), (tx) =>
    tx.run(sql`
      update directory.patient set born_on = ${addMonths(today, -16 * 12)}
      where practice = ${practice} and patient_id = ${soon.patientId}`),
  )
  await office.presses('Suspend access')
  await office.sees('Online services of Robin Larkspur')
  await office.follows('Change what is switched on')
  await office.sees('What a proxy of Robin Larkspur can use online')
  await office.presses('Resume access')
  await office.sees('What a proxy of Robin Larkspur can use online')
  expect(await office.faults()).toEqual([
    'Nothing was saved: from 16 on parental responsibility is not enough. The patient decides, or another basis is needed',
  ])
  await office.chooses('In person')
  await office.presses('Resume access')
  await office.sees('Online services of Robin Larkspur')
})

test('a page is left at once by the keyboard, with no way back to it', async () => {
  const site = await openSite()
  const { cookie } = await aSignedInPatient(site.db, peopleOf(site, 0).manager.practice)
  const patient = await visit()
  await comesWith(patient, cookie)
  await patient.context.route(/bbc\.co\.uk/, (route) => route.fulfill({ body: 'Weather' }))
  await patient.goTo('/home')
  await patient.goTo('/account/sharing')
  await patient.sees('Who can act for you')
  await patient.page.keyboard.press('Shift')
  await patient.page.keyboard.press('a')
  await patient.page.keyboard.press('Shift')
  await patient.page.keyboard.press('Shift')
  await patient.sees('Who can act for you')
  await patient.page.keyboard.press('Shift')
  await patient.page.waitForURL(/bbc\.co\.uk/)
  await patient.page.goBack()
  expect(patient.page.url()).toContain('/home')
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 40; tries++) if (await holds()) return
  throw new Error('It never came about')
}
