import { expect, test } from 'vitest'
import { openSite, peopleOf } from '../support/site.ts'
import { desk, visit, type Visitor } from './visitor.ts'
import { ways } from './ways.ts'

const theDay = 'Appointments on Tuesday 10 March 2026'

test.for(ways)(
  'a practice manager adds a session, publishes and blocks slots, and patients see what is published ($way)',
  async (way) => {
    const site = await openSite()
    const { manager, nurse, appointmentsOnly } = peopleOf(site, way.practice)
    const office = await visit({ as: manager, screen: desk, scripts: way.scripts })
    await office.goTo('/practice')
    await office.follows('Appointments')
    await office.page.getByLabel('Day', { exact: true }).fill('2026-03-10')
    await office.presses('Show day')
    await office.sees(theDay)
    await office.follows('Add a session')
    await office.sees('Add a session')
    await office.fills('Name of the session', 'Evening nurse')
    await office.presses('Add session')
    await office.sees('Add a session')
    expect(await office.page.title()).toMatch(/^Error: /)
    expect(await office.faults()).toEqual([
      'Enter when the session starts, like 09:00',
      'Enter when the session ends, like 12:30',
      'Choose a type of slot from the list',
    ])
    expect(await office.page.getByLabel('Name of the session').inputValue()).toBe('Evening nurse')
    await describeSession(office, nurse.name)
    await office.presses('Add session')
    await office.sees(theDay)
    expect(await office.words()).toContain('Session added')

    await office.presses('Publish')
    await office.sees(theDay)
    expect(await office.faults()).toEqual(['Choose at least one slot'])
    await changeSlots(office, nurse.name, ['7:00pm', '7:10pm'], 'Publish', 'Slots published')
    await changeSlots(office, nurse.name, ['7:10pm'], 'Block', 'Slots blocked')

    const patient = await visit({ as: appointmentsOnly, scripts: way.scripts })
    await patient.goTo('/appointments/slots')
    await patient.page.getByText('Choose day, way or person').click()
    await patient.page.getByLabel('Who with').selectOption({ label: nurse.name })
    await patient.page.getByLabel('When').selectOption({ label: 'Next week' })
    await patient.presses('Show appointments')
    await patient.sees('Choose an appointment')
    const words = await patient.words()
    expect(words).toContain(`7:00pm in person with ${nurse.name} on Tuesday 10 March 2026`)
    expect(words).not.toMatch(/7:[12]0pm/)
  },
)

test('a receptionist sees who is booked today and what is requested, and decides neither', async () => {
  const site = await openSite()
  const { receptionist, appointmentsOnly } = peopleOf(site, 0)
  const patient = await visit({ as: appointmentsOnly })
  await patient.goTo('/appointments/slots?period=today&how=in-person')
  await patient.page.locator('main section li a').first().click()
  await patient.fills(/Why do you need this appointment/, 'A cough that stays')
  await patient.presses('Book appointment')
  await patient.sees('Appointment booked')

  const desk1 = await visit({ as: receptionist, screen: desk })
  await desk1.goTo('/practice')
  await desk1.sees('Today, Tuesday 3 March 2026')
  const [given, family] = appointmentsOnly.name.split(' ')
  expect(await desk1.words()).toContain(`${family}, ${given}, born`)
  expect(await desk1.words()).toContain('A cough that stays')
  await desk1.follows('Prescriptions')
  await desk1.sees('Prescription requests')
  expect(await desk1.words()).toContain('A prescriber approves or rejects them')
  expect(await desk1.page.getByRole('button', { name: /^(Approve|Reject)/ }).count()).toBe(0)
  expect(await desk1.page.getByRole('link', { name: 'Disclosure' }).count()).toBe(0)
  await desk1.goTo('/practice/disclosure')
  await desk1.sees('Your role does not include this')
  await desk1.follows('Appointments')
  await desk1.sees('Appointments on Tuesday 3 March 2026')
  expect(await desk1.page.getByRole('button', { name: 'Publish' }).count()).toBe(0)
})

async function describeSession(office: Visitor, clinician: string) {
  await office.page.getByLabel('Clinician (optional)').selectOption({ label: clinician })
  await office.fills('Starts at', '19:00')
  await office.fills('Ends at', '19:30')
  await office.page
    .getByLabel('Type of slot')
    .selectOption({ label: 'Health check (15 minutes, in person)' })
  await office.fills('Length of each slot, in minutes (optional)', '10')
}

async function changeSlots(
  office: Visitor,
  clinician: string,
  times: readonly string[],
  action: string,
  done: string,
) {
  for (const time of times) await office.chooses(`${time}, ${clinician}`)
  await office.presses(action)
  await office.sees(theDay)
  expect(await office.words()).toContain(done)
}
