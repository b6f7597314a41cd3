import { expect, test } from 'vitest'
import { parseId } from '#kernel/id'
import { aSignedInPatient, aSignedInStaffMember } from '../support/app.ts'
import { openSite, peopleOf } from '../support/site.ts'
import { addMedicines, aPractice } from '../support/surgery.ts'
import { desk, phone, visit, type Visitor } from './visitor.ts'
import { ways } from './ways.ts'

const queue = 'Prescription requests'
const detail = { lastIssuedOn: '2026-02-03', reviewOn: '2026-12-01' }
const plain = 'Zocovastatin 20mg tablets'
const second = 'Zocipril 5mg capsules'
const watched = 'Zocotrexate 2.5mg tablets'

/** A practice that no other journey goes to: a patient who ordered three medicines, and its staff. */
async function anOwnPractice(scripts: boolean) {
  const site = await openSite()
  const practice = await aPractice(site.db)
  const { patientId, cookie } = await aSignedInPatient(site.db, practice)
  await addMedicines(
    site.db,
    practice,
    patientId,
    [plain, second, watched].map((title) => ({ title, detail })),
  )
  const at = async (signIn: { readonly cookie: string }, screen = desk) => {
    const visitor = await visit({ screen, scripts })
    const [name = '', value = ''] = signIn.cookie.split('=')
    await visitor.context.addCookies([{ name, value, url: site.address }])
    return visitor
  }
  return {
    patient: await at({ cookie }, phone),
    gp: await at(await aSignedInStaffMember(site.db, practice, ['prescriber'])),
    reception: await at(await aSignedInStaffMember(site.db, practice, ['receptionist']), phone),
    manager: await at(await aSignedInStaffMember(site.db, practice, ['practice-manager'])),
  }
}

async function orderAll(patient: Visitor) {
  await patient.goTo('/prescriptions/order')
  for (const name of [plain, second, watched]) await patient.chooses(name)
  await patient.presses('Continue')
  await patient.sees('Check your order')
  await patient.presses('Send order')
  await patient.sees('Order sent')
}

const named = (name: string) => new RegExp(`^${name}`)

test.for(ways)(
  'a manager flags a medicine, reception asks, a prescriber decides, many at once and one by one ($way)',
  async (way) => {
    const { patient, gp, reception, manager } = await anOwnPractice(way.scripts)
    await orderAll(patient)

    await manager.goTo('/practice')
    await manager.follows('Prescription settings')
    await manager.sees('Prescription settings')
    await manager.follows('Flags for medicines')
    await manager.sees('Flags for medicines')
    await manager.presses('Add a flag')
    await manager.sees('Add a flag')
    await manager.presses('Save flag')
    await manager.sees('Add a flag')
    expect(await manager.faults()).toHaveLength(3)
    await manager.fills('What you call it', 'Zocotrexate')
    await manager.fills('Words of the medicine’s name', 'Zocotrexate')
    await manager.chooses(/^A clinician always looks at it/)
    await manager.fills('Test that must have been done', 'full blood count')
    await manager.fills('At least every', '90')
    await manager.presses('Save flag')
    await manager.sees('Flags for medicines')
    expect(await manager.words()).toContain('full blood count every 90 days')

    await reception.goTo('/practice')
    expect(await reception.words()).toContain('3 prescription requests wait')
    await reception.follows('3 prescription requests wait')
    await reception.sees(queue)
    expect(await reception.words()).toContain('A prescriber must look at this')
    expect(await reception.words()).not.toContain('Monitoring due')
    await reception.page.getByRole('button', { name: named('Take Zocipril') }).click()
    await reception.sees(queue)
    expect(await reception.words()).toContain('You have it in hand')
    await reception.page
      .getByRole('link', { name: 'Ask the patient about Zocipril 5mg capsules' })
      .click()
    await reception.sees('Ask the patient')
    await reception.presses('Send question')
    await reception.sees('Ask the patient')
    expect(await reception.faults()).toEqual(['Enter your question'])
    await reception.fills('Your question', 'When do you go away?')
    await reception.presses('Send question')
    await reception.sees(queue)
    expect(await reception.words()).toContain('Asked the patient (1)')

    await gp.goTo('/practice/prescriptions')
    await gp.sees(queue)
    expect(await gp.words()).toContain('Monitoring due')
    await gp.page.getByLabel(named(`Tick ${plain}`)).check()
    await gp.presses('Approve all that are ticked')
    await gp.sees('1 request approved')
    await gp.presses('Back to prescription requests')
    await gp.sees(queue)
    await approveWatched(gp, way.scripts)

    await patient.goTo('/prescriptions/orders')
    await patient.page
      .getByRole('link', { name: /^Ordered on 3 March 2026/ })
      .first()
      .click()
    await patient.page.getByText('When do you go away?').first().waitFor()

    await reception.goTo('/practice/prescriptions/collecting')
    await reception.sees('Prescriptions to hand out')
    await reception.page
      .getByRole('button', { name: new RegExp(`^Ready to collect.*${plain}`) })
      .click()
    await reception.sees('Prescriptions to hand out')
    expect(await reception.words()).toContain('Ready at the desk')
    await reception.page.getByRole('button', { name: new RegExp(`^Collected.*${plain}`) }).click()
    await reception.sees('Prescriptions to hand out')
    expect(await reception.words()).not.toContain(plain)
    await reception.follows('Late')
    await reception.sees('Late prescription requests')
  },
)

/** Says that the test was done, then approves less than usual; with scripts by one key of the row. */
async function approveWatched(gp: Visitor, scripts: boolean) {
  await gp.page.getByRole('link', { name: /^Say when it was done/ }).click()
  await gp.sees('When monitoring was done')
  await gp.page.getByLabel('Day of the last full blood count').fill('2026-02-20')
  await gp.presses('Save the day')
  await gp.sees(queue)
  expect(await gp.words()).toContain('full blood count: last 20 February 2026')
  await gp.page.getByRole('link', { name: `Approve another quantity of ${watched}` }).click()
  await gp.sees('Approve another quantity')
  await gp.fills('How many', '99')
  await gp.presses('Approve this quantity')
  await gp.sees('Approve another quantity')
  expect(await gp.faults()).toHaveLength(1)
  await gp.goTo('/practice/prescriptions')
  await gp.sees(queue)
  const approve = gp.page.getByRole('button', { name: named(`Approve ${watched}`) })
  if (scripts) {
    await approve.focus()
    await gp.page.keyboard.press('a')
  } else await approve.click()
  await gp.page.getByText(named(`You approved ${watched}`)).waitFor()
  await gp.sees(queue)
}

test('a manager closes ordering after seeing what that would change, and patients read why', async () => {
  const { patient, manager } = await anOwnPractice(true)
  await manager.goTo('/practice/prescriptions/settings')
  await manager.sees('Prescription settings')
  const group = manager.page.getByRole('group', { name: 'Can patients order now?' })
  await group.getByLabel('No').check()
  await manager.presses('See what would change')
  await manager.sees('Check what would change')
  await manager.presses('Save')
  await manager.sees('Prescription settings')
  expect(await manager.words()).toContain('Settings saved')
  await patient.goTo('/prescriptions')
  await patient.page.getByText('is not taking orders online at the moment').first().waitFor()
  await patient.checks()
})

test('the queue of a made-up practice is fit to be read on a phone and on a desk', async () => {
  const { prescriber, youngAdult } = peopleOf(await openSite(), 0)
  expect(parseId(youngAdult.subjectId)).toBeDefined()
  for (const screen of [phone, desk]) {
    const gp = await visit({ as: prescriber, screen })
    await gp.goTo('/practice/prescriptions')
    await gp.sees(queue)
    expect(await gp.words()).toContain('Allergies in the record')
  }
})
