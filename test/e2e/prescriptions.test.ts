import { expect, test } from 'vitest'
import { parseId } from '#kernel/id'
import { openSite, peopleOf } from '../support/site.ts'
import { addMedicines } from '../support/surgery.ts'
import { desk, visit, type Visitor } from './visitor.ts'
import { ways } from './ways.ts'

const statin = 'Zocovastatin 20mg tablets'
const inhaler = 'Zocobutamol 100micrograms/dose inhaler'
const choosing = 'Which medicines do you want to order?'

test.for(ways)(
  'a patient orders medicines, a prescriber approves one and rejects one, and the patient sees both and why ($way)',
  async (way) => {
    const site = await openSite()
    const { youngAdult, prescriber } = peopleOf(site, way.practice)
    const patientId = parseId<'Patient'>(youngAdult.subjectId)
    if (!patientId) throw new Error('Not a patient')
    const detail = { lastIssuedOn: '2026-02-03' }
    await addMedicines(site.db, youngAdult.practice, patientId, [
      { title: statin, detail },
      { title: inhaler, detail },
    ])
    const patient = await visit({ as: youngAdult, scripts: way.scripts })
    await order(patient)

    const gp = await visit({ as: prescriber, screen: desk, scripts: way.scripts })
    await gp.goTo('/practice')
    await gp.follows('Prescriptions')
    await gp.sees('Prescription requests')
    await findInQueue(gp, `Approve ${statin} for ${youngAdult.name}`)
    expect(await gp.words()).toContain('I have run out of both')
    await gp.presses(`Approve ${statin} for ${youngAdult.name}`)
    await gp.sees('Prescription requests')
    expect(await gp.words()).toContain(`You approved ${statin} for ${youngAdult.name}`)
    await findInQueue(gp, `Reject ${inhaler} for ${youngAdult.name}`)
    await gp.presses(`Reject ${inhaler} for ${youngAdult.name}`)
    await gp.sees('Reject a request')
    await gp.fills('Anything to add for the patient (optional)', 'Please book with the nurse.')
    await gp.presses('Reject request')
    await gp.sees('Reject a request')
    expect(await gp.faults()).toHaveLength(1)
    expect(await gp.page.getByLabel(/Anything to add/).inputValue()).toBe(
      'Please book with the nurse.',
    )
    await gp.chooses('A review or monitoring is needed first')
    await gp.presses('Reject request')
    await gp.sees('Prescription requests')

    await patient.goTo('/prescriptions/orders')
    await patient.sees('Your orders')
    await patient.page
      .getByRole('link', { name: /^Ordered on 3 March 2026/ })
      .first()
      .click()
    await patient.sees('Your order of 3 March 2026')
    const words = await patient.words()
    expect(words).toMatch(
      new RegExp(`${statin}.* Approved Your GP surgery approved this on 3 March 2026`),
    )
    expect(words).toContain('You need a medicine review or a check, such as a blood test, first.')
    expect(words).toContain('From your GP surgery: Please book with the nurse.')
    await toldAtHome(patient, 'There is news about your order')
  },
)

/** Chooses both medicines, minding what the form says on the way. */
async function order(patient: Visitor) {
  await patient.goTo('/home')
  await patient.page.getByRole('main').getByRole('link', { name: 'Prescriptions' }).click()
  await patient.sees('Your medicines')
  await patient.presses('Order medicines')
  await patient.sees(choosing)
  await patient.fills('Note for your GP surgery (optional)', 'I have run out of both')
  await patient.presses('Continue')
  await patient.sees(choosing)
  expect(await patient.page.title()).toMatch(/^Error: /)
  expect(await patient.faults()).toHaveLength(1)
  await patient.chooses(statin)
  await patient.presses('Continue')
  await patient.sees('Check your order')
  await patient.presses('Change order')
  await patient.sees(choosing)
  expect(await patient.page.getByLabel(statin).isChecked()).toBe(true)
  expect(await patient.page.getByLabel(/^Note/).inputValue()).toBe('I have run out of both')
  await patient.chooses(inhaler)
  await patient.presses('Continue')
  await patient.sees('Check your order')
  expect(await patient.words()).toContain('I have run out of both')
  await patient.presses('Send order')
  await patient.sees('Order sent')
  expect(await patient.words()).toContain('Requested: waiting for your GP surgery')
}

/** Pages through the queue to the answer with this name. */
async function findInQueue(gp: Visitor, name: string) {
  const wanted = gp.page.getByRole('button', { name, exact: true })
  while ((await wanted.count()) === 0) {
    await gp.page.getByRole('link', { name: /^Next/ }).click()
    await gp.page.waitForLoadState()
  }
}

/** Notices are written by a job, so they come a moment later. */
async function toldAtHome(patient: Visitor, subject: string) {
  const notice = patient.page.getByRole('link', { name: subject }).first()
  await expect
    .poll(
      async () => {
        await patient.goTo('/home')
        return notice.isVisible()
      },
      { timeout: 10_000, interval: 300 },
    )
    .toBe(true)
  await patient.sees('Home')
  await notice.click()
  await patient.sees('Your order of 3 March 2026')
}
