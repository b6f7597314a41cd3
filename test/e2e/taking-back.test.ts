import { expect, test } from 'vitest'
import { aSignedInPatient, aSignedInStaffMember } from '../support/app.ts'
import { openSite } from '../support/site.ts'
import { addMedicines, aPractice } from '../support/surgery.ts'
import { desk, phone, visit } from './visitor.ts'
import { ways } from './ways.ts'

const medicine = 'Zocothyroxine 25microgram tablets'
const detail = { lastIssuedOn: '2026-02-03', reviewOn: '2026-12-01' }

/** A practice that no other journey goes to: a patient with one medicine as two repeats, and a GP. */
async function anOwnPractice(scripts: boolean) {
  const { db, address } = await openSite()
  const practice = await aPractice(db)
  const { patientId, cookie } = await aSignedInPatient(db, practice)
  await addMedicines(
    db,
    practice,
    patientId,
    ['One each morning', 'Two at night'].map((dose) => ({
      title: medicine,
      detail: { ...detail, dose },
    })),
  )
  const at = async (signIn: { readonly cookie: string }, screen = desk) => {
    const visitor = await visit({ screen, scripts })
    const [name = '', value = ''] = signIn.cookie.split('=')
    await visitor.context.addCookies([{ name, value, url: address }])
    return visitor
  }
  const patient = await at({ cookie }, phone)
  return { patient, gp: await at(await aSignedInStaffMember(db, practice, ['prescriber'])) }
}

test.for(ways)(
  'a patient orders one medicine twice knowing so, and a prescriber takes one approval back ($way)',
  async (way) => {
    const { patient, gp } = await anOwnPractice(way.scripts)
    await patient.goTo('/prescriptions/order')
    await patient.sees('Which medicines do you want to order?')
    for (const place of [0, 1]) {
      await patient.page.getByRole('checkbox', { name: medicine }).nth(place).check()
    }
    await patient.presses('Continue')
    await patient.sees('Which medicines do you want to order?')
    expect(await patient.faults()).toHaveLength(1)
    await patient.chooses('I need both, or more of it')
    await patient.presses('Continue')
    await patient.sees('Check your order')
    await patient.presses('Send order')
    await patient.sees('Order sent')

    await gp.goTo('/practice/prescriptions')
    await gp.sees('Prescription requests')
    expect(await gp.words()).toContain('The same medicine twice')
    await gp.page
      .getByRole('button', { name: new RegExp(`^Approve ${medicine}`) })
      .first()
      .click()
    await gp.sees('Prescription requests')
    await gp.page.getByRole('link', { name: /^All orders/ }).click()
    await gp.page.getByRole('link', { name: /^Take the approval back/ }).click()
    await gp.sees('Take an approval back')
    await gp.fills('Why, for the patient (optional)', 'One of the two is enough.')
    await gp.presses('Take the approval back')
    expect(await gp.words()).toContain('The approval was taken back, and the patient is told')
    await gp.checks()

    await patient.goTo('/prescriptions/orders')
    await patient.page.getByText('One of the two is enough.').first().waitFor()
    await patient.sees('Your orders')
    expect(await patient.words()).toContain('Cancelled by your GP surgery')
    expect(await patient.words()).toContain('Requested: waiting for your GP surgery')
  },
)
